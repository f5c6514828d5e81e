using Microsoft.Extensions.DependencyInjection;
using PlanServices.Reporting.Data;
using PlanServices.ServiceDefaults.Caching;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Data;

/// <summary>The read model on each database; published reports go beside it into another.</summary>
public sealed class DatabaseTests
{
    [Theory]
    [DatabaseData]
    public async Task Model_FollowedAndStartedAgain_GoesOnWhereItWas(DatabaseKind kind)
    {
        await using var model = TestDatabase.New(kind);
        await using var reports = TestDatabase.New(kind);
        string token;
        await using (var server = await ReportingServer.StartAsync(databases: (model, reports)))
        {
            (await server.Catalogue.NextAsync()).Send(
                Snapshot(4, Plan(Leaf("V1"), Update("V1", Status.Red, u => u.Narrative = new string('ž', 9000)))), Changes(5, Update("V1", Status.Green)));
            token = (await server.SummaryAsync(5)).Name;
        }

        await using var again = await ReportingServer.StartAsync(databases: (model, reports));
        var watch = await again.Catalogue.NextAsync();
        Assert.NotEqual("", watch.Request.ResumeToken);
        watch.Send(Changes(6, Leaf("V2")));
        var summary = await again.SummaryAsync(6);
        Assert.Equal((token, 1, 1), (summary.Name, summary.Total.Statuses.Green, summary.Total.States.NoUpdate));
    }

    // Each replica has a read model of its own, which is filled from one stream: nobody would listen.
    [Fact]
    public async Task Host_Always_TellsNobodyOfItsCommits()
    {
        await using var server = await ReportingServer.StartAsync();

        Assert.Null(server.Host.Services.GetService<CommitNews<ReportingContext>>());
        Assert.Null(server.Host.Services.GetService<CommitNews<PublicationContext>>());
    }
}
