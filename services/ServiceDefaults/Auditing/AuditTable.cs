using Microsoft.EntityFrameworkCore.Migrations;

namespace PlanServices.ServiceDefaults.Auditing;

/// <summary>What the migrations of every service do for its audit log.</summary>
public static class AuditTable
{
    /// <summary>The database itself refuses to change or remove an entry.</summary>
    public static void MakeAuditAppendOnly(this MigrationBuilder migration)
    {
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
