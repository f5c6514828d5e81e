using PlanServices.Partners.Data;
using PlanServices.Testing.SqlServer;
using Xunit;

namespace PlanServices.Partners.Tests.Data;

/// <summary>What is known of SQL Server without one.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public void Migrations_Script_MakesTheModel() => SqlServerChecks.AssertMigrations<PartnersContext>();

    [Fact]
    public void Writes_EveryEntity_FitTheSchema() => SqlServerChecks.AssertWrites<PartnersContext>();

    [Fact]
    public void Model_Keys_AreWithinLimits() => SqlServerChecks.AssertLimits<PartnersContext>();
}
