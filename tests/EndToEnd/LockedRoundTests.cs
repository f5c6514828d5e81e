using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

/// <summary>A round of the sample plan in a running suite: locked, it stays as it was, whatever the plan becomes.</summary>
public sealed class LockedRoundTests
{
    private const string Plan = "plans/sample";
    private const string October = $"{Plan}/periods/2018-10";

    [Fact]
    public async Task LockedRound_PlanChangesAndModelIsBuiltAnew_HasTheSameFigures()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> before;
        long head;
        await using (var server = await StandaloneProcess.StartAsync(folder.Path, sample: true))
        {
            var actions = new ActionService.ActionServiceClient(server.Channel);
            var locked = await new PlanService.PlanServiceClient(server.Channel).LockPeriodAsync(
                new LockPeriodRequest { Name = October }, cancellationToken: Deadline.Token);
            before = await FiguresAsync(server, locked.Revision);

            await RetireAsync(actions, "V3");
            await CreateAsync(actions, "V2.1", "V2");
            // The last sub-actions of O2: it reports itself again.
            foreach (var part in (await actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = Plan }, cancellationToken: Deadline.Token))
                .PlanActions.Where(a => a.ParentAction == $"{Plan}/actions/O2"))
                await RetireAsync(actions, part.Ref);
            head = (await CreateAsync(actions, "V99")).Revision;
            Assert.Equal(before, await FiguresAsync(server, head));
        }

        await using var again = await StandaloneProcess.StartAsync(folder.Path, sample: true, arguments: ["--rebuild"]);
        Assert.Equal(before, await FiguresAsync(again, head));
    }

    private static async Task<PlanAction> CreateAsync(ActionService.ActionServiceClient actions, string reference, string parent = "") =>
        await actions.CreatePlanActionAsync(
            new CreatePlanActionRequest
            {
                Parent = Plan,
                PlanActionId = reference,
                PlanAction = new PlanAction { Title = "New", Theme = $"{Plan}/themes/victims", ParentAction = parent.Length == 0 ? "" : $"{Plan}/actions/{parent}" },
            },
            cancellationToken: Deadline.Token);

    private static async Task RetireAsync(ActionService.ActionServiceClient actions, string reference) => await actions.RetirePlanActionAsync(
        new RetirePlanActionRequest { Name = $"{Plan}/actions/{reference}", Reason = "It is done." }, cancellationToken: Deadline.Token);

    private static async Task<IReadOnlyList<string>> FiguresAsync(StandaloneProcess server, long least)
    {
        var (reports, headers) = (new ReportService.ReportServiceClient(server.Channel), new Metadata { { "planservices-min-revision", $"{least}" } });
        var summary = await reports.GetStatusSummaryAsync(new GetStatusSummaryRequest { Name = $"{October}/summary" }, headers, cancellationToken: Deadline.Token);
        var grid = await reports.GetStatusGridAsync(
            new GetStatusGridRequest { Parent = Plan, LastPeriod = "2018-10", Periods = 1 }, headers, cancellationToken: Deadline.Token);
        var attention = await reports.ListAttentionItemsAsync(new ListAttentionItemsRequest { Parent = October }, headers, cancellationToken: Deadline.Token);
        var comparison = await reports.ComparePeriodsAsync(
            new ComparePeriodsRequest { Name = October, ShowUnchanged = true }, headers, cancellationToken: Deadline.Token);
        var report = await reports.RenderReportAsync(new RenderReportRequest { Name = October, Format = Format.Csv }, headers, cancellationToken: Deadline.Token);
        (summary.Revision, summary.UpdateTime) = (0, null);
        (grid.Revision, attention.Revision, comparison.Revision) = (0, 0, 0);
        return [$"{summary}", $"{grid}", $"{attention}", $"{comparison}", report.Data.ToStringUtf8()];
    }
}
