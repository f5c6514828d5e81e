using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Publishing;

/// <summary>The list of a plan's reports, of plans that are there and of others.</summary>
public sealed class ReportListTests
{
    private static readonly Change Locked = new() { Period = new Period { Name = PeriodName, DisplayName = "October 2018", State = Period.Types.State.Locked } };

    [Fact]
    public async Task List_PlanThatIsNot_IsNotFound()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()), Checkpoint("c"));
        await server.SummaryAsync(1);

        var error = await Assert.ThrowsAsync<RpcException>(() => ListAsync(server, "plans/nope"));

        Assert.Equal((StatusCode.NotFound, "There is no plans/nope."), (error.StatusCode, error.Status.Detail));
        using var answer = await server.Host.Http.GetAsync(new Uri("/v1/plans/nope/reports", UriKind.Relative), Deadline.Token);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task List_PlanWithoutReports_IsEmpty()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()), Checkpoint("c"));

        Assert.Empty((await ListAsync(server, PlanName)).Reports);
    }

    [Fact]
    public async Task List_CatalogueThatSaysNothing_ListsWhatWasPublished()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await ReportingServer.StartAsync(folder.Path))
        {
            (await server.Catalogue.NextAsync()).Send(Snapshot(1, [.. Plan().Where(c => c.Period is null), Locked, Leaf("V1"), Update("V1", Status.Green)]), Checkpoint("c"));
            await server.Reports.PublishReportAsync(
                new PublishReportRequest { Parent = PlanName, Period = "2018-10", Audience = Audience.Board }, ReportingServer.Least("1"), cancellationToken: Deadline.Token);
        }

        await using var again = await ReportingServer.StartAsync(folder.Path, rebuild: true);

        Assert.Single((await ListAsync(again, PlanName)).Reports);
        // Of another audience there is none: that is an answer too.
        Assert.Empty((await again.Reports.ListReportsAsync(new ListReportsRequest { Parent = PlanName, Audience = Audience.Public }, cancellationToken: Deadline.Token)).Reports);
    }

    private static async Task<ListReportsResponse> ListAsync(ReportingServer server, string plan) =>
        await server.Reports.ListReportsAsync(new ListReportsRequest { Parent = plan }, cancellationToken: Deadline.Token);
}
