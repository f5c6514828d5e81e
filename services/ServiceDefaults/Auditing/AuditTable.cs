using Microsoft.EntityFrameworkCore.Migrations;

namespace PlanServices.ServiceDefaults.Auditing;

/// <summary>What the migrations of every service do for its audit log.</summary>
public static class AuditTable
{
    private const string SqlServerProvider = "Microsoft.EntityFrameworkCore.SqlServer";

    /// <summary>The database itself refuses to change or remove an entry.</summary>
    public static void MakeAuditAppendOnly(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider == SqlServerProvider)
        {
            migration.Sql(
                """
                CREATE TRIGGER "audit_no_change" ON "audit" INSTEAD OF UPDATE, DELETE AS
                THROW 50000, N'the audit log is append-only', 1;
                """);
            return;
        }

        foreach (var what in new[] { "UPDATE", "DELETE" })
        {
            migration.Sql(
                $"""
                CREATE TRIGGER "audit_no_{what.ToLowerInvariant()}" BEFORE {what} ON "audit"
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                """);
        }
    }
}
