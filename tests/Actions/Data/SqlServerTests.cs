using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.Data;
using PlanServices.Testing;
using PlanServices.Testing.SqlServer;
using Xunit;

namespace PlanServices.Actions.Tests.Data;

/// <summary>What is known of SQL Server without one.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public void Migrations_Script_MakesTheModel() => SqlServerChecks.AssertMigrations<ActionsContext>();

    [Fact]
    public void Writes_EveryEntity_FitTheSchema() => SqlServerChecks.AssertWrites<ActionsContext>();

    [Fact]
    public void Model_Keys_AreWithinLimits() => SqlServerChecks.AssertLimits<ActionsContext>();

    // The check of queries can fail: by what SQL Server has no form for, and by what its schema does not have.
    [Fact]
    public async Task Queries_NotForSqlServer_FailWhereTheyAreIssued()
    {
        Assert.SkipUnless(Cultures.AreThere, Cultures.Missing);
        await using var server = await ActionsServer.StartAsync();
        await using var db = await server.Host.Services.GetRequiredService<IDbContextFactory<ActionsContext>>().CreateDbContextAsync(Deadline.Token);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(
            () => db.Plans.Where(p => EF.Functions.Glob(p.Slug, "a*")).CountAsync(Deadline.Token));
        Assert.Contains("SQL Server has no form of the query", refusal.Message, StringComparison.Ordinal);
        var unknown = Assert.ThrowsAny<Exception>(() => IssuedQueries.AssertValid<ActionsContext>("SELECT p.Slug, p.Colour FROM plans p"));
        Assert.Contains("Colour", unknown.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => IssuedQueries.AssertValid<ActionsContext>("SELECT Slug FROM plans LIMIT 3"));
        Assert.ThrowsAny<Exception>(() => IssuedQueries.AssertValid<ActionsContext>("UPDATE plan SET Slug = @p0"));
        IssuedQueries.AssertValid<ActionsContext>("UPDATE plans SET Slug = @p0");
    }
}
