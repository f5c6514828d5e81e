using PlanServices.Reporting.Data;
using PlanServices.Testing.SqlServer;
using Xunit;

namespace PlanServices.Reporting.Tests.Data;

/// <summary>What is known of SQL Server without one.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public void Migrations_Script_MakesTheModel()
    {
        SqlServerChecks.AssertMigrations<ReportingContext>();
        SqlServerChecks.AssertMigrations<PublicationContext>();
    }

    [Fact]
    public void Writes_EveryEntity_FitTheSchema()
    {
        SqlServerChecks.AssertWrites<ReportingContext>();
        SqlServerChecks.AssertWrites<PublicationContext>();
    }

    [Fact]
    public void Model_Keys_AreWithinLimits()
    {
        SqlServerChecks.AssertLimits<ReportingContext>();
        SqlServerChecks.AssertLimits<PublicationContext>();
    }
}
