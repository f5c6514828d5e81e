using Microsoft.EntityFrameworkCore.Migrations;

namespace PlanServices.Actions.Data;

/// <summary>What the migration to pursuits makes of older rows: as far as the change log tells without its messages being read.</summary>
internal static class PursuitHistory
{
    private const string First =
        """COALESCE((SELECT MIN(c."Revision") FROM "changes" c WHERE c."PlanId" = "plan_actions"."PlanId" AND c."Resource" = CONCAT('actions/', "plan_actions"."Ref")), 0)""";

    private const string Divided =
        """
        (SELECT MIN(c."Revision") FROM "plan_actions" s INNER JOIN "changes" c ON c."PlanId" = s."PlanId" AND c."Resource" = CONCAT('actions/', s."Ref")
            WHERE s."ParentId" = "plan_actions"."Id")
        """;

    /// <summary>
    /// A period that is locked was locked when it last changed. An action was pursued from its first entry on, until it has its last one
    /// where it is retired, and until its first sub-action has one where it is divided.
    /// </summary>
    public static void TellPursuits(this MigrationBuilder migration)
    {
        migration.Sql("""UPDATE "periods" SET "LockRevision" = "Revision" WHERE "State" = 2;""");
        migration.Sql(
            $$"""
            UPDATE "plan_actions" SET "Pursuits" = CONCAT('[{"From":', {{First}}, ',"To":', CASE WHEN "State" = 2 THEN "Revision" ELSE 0 END, '}]')
            WHERE "Leaf" = 1;
            """);
        migration.Sql(
            $$"""
            UPDATE "plan_actions" SET "Pursuits" = CONCAT('[{"From":', {{First}}, ',"To":', {{Divided}}, '}]')
            WHERE "Leaf" = 0 AND {{First}} < {{Divided}};
            """);
    }
}
