using System.Data.Common;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Data;

/// <summary>The catalogue's main path on each database.</summary>
public sealed class DatabaseTests
{
    [Theory]
    [DatabaseData]
    public async Task Catalogue_WrittenAndReadAndStartedAgain_IsAllThere(DatabaseKind kind)
    {
        await using var database = TestDatabase.New(kind);
        ProgressUpdate approved;
        await using (var server = await ActionsServer.StartAsync(database: database))
        {
            var imported = await server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes);
            Assert.Equal(0, (await server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes)).Created);
            Assert.NotEqual(0, imported.Created);
            await server.OpenAsync("2018-10");
            await server.SaveAsync("V1", u => (u.Narrative, u.Status) = (new string('ž', 6000), ProgressUpdate.Types.Status.Green));
            await server.SubmitAsync("V1");
            approved = await server.ApproveAsync("V1");
        }

        // A second process on the same database, as a replica is.
        await using var directory = await FakeDirectory.StartAsync();
        await using var first = await ActionsServer.StartAsync(partners: directory.Addresses.Grpc, database: database);
        await using var second = await ActionsServer.StartAsync(database: database);
        Assert.Equal(approved, await first.GetAsync("V1"));
        var name = ActionsServer.NameOf("V1");
        var history = await second.Progress.ListProgressUpdateRevisionsAsync(
            new ListProgressUpdateRevisionsRequest { Name = name }, cancellationToken: Deadline.Token);
        Assert.Equal(4, history.Revisions.Count);
        var expunged = await first.Plans.ExpungeAsync(
            new ExpungeRequest { Name = "plans/fenland", Text = new string('ž', 1000), Reason = "A name." }, cancellationToken: Deadline.Token);
        Assert.NotEqual(0, expunged.HistoryOccurrences);
        Assert.DoesNotContain('ž', (await second.GetAsync("V1")).Narrative);

        // The audit log takes new entries only.
        await using var db = await first.Host.Services.GetRequiredService<IDbContextFactory<ActionsContext>>().CreateDbContextAsync(Deadline.Token);
        await db.Database.OpenConnectionAsync(Deadline.Token);
        foreach (var change in new[] { "UPDATE audit SET Caller = 'nobody'", "DELETE FROM audit" })
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // One of two.
            command.CommandText = change;
#pragma warning restore CA2100
            await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync(Deadline.Token));
        }
    }

    [Fact]
    public async Task Reads_WhileTheDatabaseFails_AreUnavailableAndGoOnAfterwards()
    {
        await using var database = TestDatabase.New(DatabaseKind.Sqlite);
        await using var server = await ActionsServer.StartAsync(database: database);
        await server.CreatePlanAsync("fenland");
        server.Host.Errors.Expect(e => e.Contains("no such table: plans", StringComparison.Ordinal) || e.Contains("Failed executing DbCommand", StringComparison.Ordinal));
        await using var outside = new SqliteConnection(database.ConnectionString);
        await outside.OpenAsync(Deadline.Token);
        await RunAsync("ALTER TABLE plans RENAME TO elsewhere");

        await ApiAssert.FailsAsync(
            StatusCode.Unavailable,
            "ERROR_REASON_UNAVAILABLE",
            () => server.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token).ResponseAsync);

        await RunAsync("ALTER TABLE elsewhere RENAME TO plans");
        Assert.Equal("Plan fenland", (await server.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token)).DisplayName);

        async Task RunAsync(string statement)
        {
            await using var command = outside.CreateCommand();
#pragma warning disable CA2100 // One of two.
            command.CommandText = statement;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Deadline.Token);
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Names_DifferingInCase_AreDifferent(DatabaseKind kind)
    {
        await using var database = TestDatabase.New(kind);
        await using var server = await ActionsServer.StartAsync(database: database);
        await server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes);

        var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await server.Actions.GetPlanActionAsync(
            new GetPlanActionRequest { Name = "plans/fenland/actions/v1" }, cancellationToken: Deadline.Token));
        Assert.Equal(Grpc.Core.StatusCode.NotFound, refusal.StatusCode);
    }

    [Theory]
    [DatabaseData]
    public async Task Write_SentToTwoProcessesAtOnceWithOneRequestId_IsCarriedOutOnce(DatabaseKind kind)
    {
        await using var database = TestDatabase.New(kind);
        await using var first = await ActionsServer.StartAsync(database: database);
        await using var second = await ActionsServer.StartAsync(database: database);
        await first.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes);
        for (var i = 0; i < 5; i++)
        {
            var request = new UpdatePlanActionRequest
            {
                PlanAction = new PlanAction { Name = "plans/fenland/actions/V1", Title = $"Answer calls sooner, {i}" },
                RequestId = Guid.CreateVersion7().ToString(),
            };
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
                (n % 2 == 0 ? first : second).Actions.UpdatePlanActionAsync(request, cancellationToken: Deadline.Token).ResponseAsync));

            Assert.Single(answers.Distinct());
            Assert.Equal((request.PlanAction.Title, i + 2L), (answers[0].Title, answers[0].Revision));
        }
    }
}
