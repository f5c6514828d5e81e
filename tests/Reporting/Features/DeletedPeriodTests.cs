using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features;

/// <summary>A period that the catalogue deleted: nothing shows it, counts it or compares with it any more.</summary>
public sealed class DeletedPeriodTests
{
    // A typo that is newer than all, and one that lies before the period that the tests show.
    private const string Newest = "plans/county/periods/2081-10";
    private const string Before = "plans/county/periods/2018-01";

    private static readonly string[] Gone = [$"{PlanName}/actions/V1/updates/2081-10", $"{PlanName}/actions/V1/updates/2018-01", Newest, Before];

    [Fact]
    public async Task Delete_Period_IsForgottenByEveryRead()
    {
        await using var server = await ReportingServer.StartAsync();
        var catalogue = (await server.Catalogue.NextAsync()).Send(WithTypos(), Checkpoint("c"));
        using var watch = server.Reports.WatchStatusSummary(new WatchStatusSummaryRequest { Name = $"{Newest}/summary" }, cancellationToken: Deadline.Token);
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        Assert.Equal(["2018-01", "2018-10", "2081-10"], await PeriodsAsync(server));
        Assert.Equal("2018-01", (await ComparisonAsync(server)).BasePeriod.Period[^7..]);

        catalogue.Send(Deletion());
        await server.SummaryAsync(2);

        Assert.Equal(["2018-10"], await PeriodsAsync(server));
        Assert.Null((await ComparisonAsync(server)).BasePeriod);
        Assert.Equal(1, (await server.SummaryAsync()).Total.Statuses.Red);
        await ApiAssert.NotFoundAsync(() => watch.ResponseStream.MoveNext(Deadline.Token));
        await ApiAssert.NotFoundAsync(async () => await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{Newest}/summary" }, cancellationToken: Deadline.Token));
        await ApiAssert.NotFoundAsync(async () => await server.Reports.ListAttentionItemsAsync(
            new ListAttentionItemsRequest { Parent = Newest }, cancellationToken: Deadline.Token));
        await ApiAssert.NotFoundAsync(() => server.RenderAsync(Format.Csv, Newest));
    }

    [Fact]
    public async Task Delete_ThenRestart_StaysForgotten()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await ReportingServer.StartAsync(folder.Path))
        {
            (await server.Catalogue.NextAsync()).Send(WithTypos(), Deletion());
            await server.SummaryAsync(2);
        }

        await using var again = await ReportingServer.StartAsync(folder.Path);

        Assert.Equal(["2018-10"], await PeriodsAsync(again));
    }

    [Fact]
    public async Task Delete_ThenOpenedAgain_BeginsAnew()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(WithTypos(), Deletion(), Changes(3, OpenPeriod(Newest)));
        await server.SummaryAsync(3);

        var summary = await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{Newest}/summary" }, cancellationToken: Deadline.Token);

        Assert.Equal((1, 0), (summary.Total.Leaves, summary.Total.States.Draft));
        Assert.Equal(["2018-10", "2081-10"], await PeriodsAsync(server));
    }

    [Fact]
    public async Task Delete_Plan_IsForgottenUntilItIsMadeAgain()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await ReportingServer.StartAsync(folder.Path))
        {
            var first = (await server.Catalogue.NextAsync()).Send(WithTypos(), Checkpoint("c"));
            await server.SummaryAsync(1);
            first.Send(Changes(2, new Change { Deleted = PlanName }));
            await ApiAssert.NotFoundAsync(() => server.SummaryAsync(2));
            await ApiAssert.NotFoundAsync(() => PeriodsAsync(server));
        }

        await using var again = await ReportingServer.StartAsync(folder.Path);
        var catalogue = await again.Catalogue.NextAsync();
        catalogue.Send(Checkpoint("d"));
        await ApiAssert.NotFoundAsync(() => PeriodsAsync(again));
        catalogue.Send(Changes(3, new Change { Plan = new Plan { Name = PlanName, DisplayName = "Made again" } }));
        Assert.Equal("Made again", (await again.SummaryAsync(3)).PlanDisplayName);
    }

    [Fact]
    public void StatusGrid_PlanDeletedSinceItWasFound_IsNotFound()
    {
        var refused = Assert.Throws<ApiException>(() => StatusGrids.Of(new PlanModel(1, PlanName), "", 6, Audience.Board, ""));
        Assert.Equal(StatusCode.NotFound, refused.Status);
    }

    private static Actions.V1.WatchChangesResponse WithTypos() => Snapshot(1, Plan(
        Leaf("V1"), Update("V1", Status.Red), OpenPeriod(Newest), OpenPeriod(Before), Draft("2081-10"), Draft("2018-01")));

    private static Actions.V1.WatchChangesResponse Deletion() => Changes(2, [.. Gone.Select(name => new Change { Deleted = name })]);

    private static Change OpenPeriod(string name) => new() { Period = new Period { Name = name, DisplayName = name[^7..], State = Period.Types.State.Open } };

    private static Change Draft(string period) => Update("V1", Status.Unspecified, u => (u.Name, u.State, u.CarriedOverFrom) =
        ($"{PlanName}/actions/V1/updates/{period}", State.Draft, $"{PlanName}/periods/2017-10"));

    private static async Task<IEnumerable<string>> PeriodsAsync(ReportingServer server) =>
        (await server.Reports.GetStatusGridAsync(new GetStatusGridRequest { Parent = PlanName }, cancellationToken: Deadline.Token)).Periods.Select(p => p.Period[^7..]);

    private static async Task<ComparePeriodsResponse> ComparisonAsync(ReportingServer server) =>
        await server.Reports.ComparePeriodsAsync(new ComparePeriodsRequest { Name = PeriodName }, cancellationToken: Deadline.Token);
}
