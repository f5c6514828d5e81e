using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Reports;

/// <summary>What a report says of the periods before its own, and of bodies that came after its leads.</summary>
public sealed class EarlierPeriodsTests
{
    [Fact]
    public async Task Render_RedForTwentyPeriods_CountsThemAllAndDrawsTheLastTwelve()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, [
            .. Plan().Where(c => c.Period is null), .. Months(21), Leaf("V1"), Leaf("V2"),
            .. Enumerable.Range(1, 21).SelectMany(m => new[] { In(m, "V1", m == 1 ? Status.Green : Status.Red), In(m, "V2", m < 21 ? Status.Red : Status.Amber) }),
        ]));

        var last = await RenderAsync(server, 21);
        var earlier = await RenderAsync(server, 3);

        Assert.Equal([("V1", 20), ("V2", 0)], last.Rows.Select(r => (r.Ref, r.RedPeriods)));
        Assert.Equal(Enumerable.Range(10, 12).Select(Period), last.Trend.Select(p => p.Period.Period));
        Assert.Equal((2, 0), (last.Trend[^2].Statuses.Red, last.Trend[^2].Statuses.Amber));
        Assert.Equal((1, 1), (last.Trend[^1].Statuses.Red, last.Trend[^1].Statuses.Amber));
        Assert.Equal([("V1", 2), ("V2", 3)], earlier.Rows.Select(r => (r.Ref, r.RedPeriods)));
        Assert.Equal(3, earlier.Trend.Count);
    }

    [Fact]
    public async Task Render_LeadThatWasSucceeded_SaysByWhomInEveryPlace()
    {
        await using var server = await ReportingServer.StartAsync(prepare: d => d.With(
            FakeDirectory.Body("forum", "Safety Forum"),
            FakeDirectory.Relation("1", "board", Relation.Types.Kind.SucceededBy, "group", new() { Year = 2019, Month = 4, Day = 1 }),
            FakeDirectory.Relation("2", "group", Relation.Types.Kind.SucceededBy, "forum", new() { Year = 2020, Month = 4, Day = 1 }),
            FakeDirectory.Relation("3", "police", Relation.Types.Kind.SucceededBy, "forum", new() { Year = 2190, Month = 4, Day = 1 })));
        (await server.Catalogue.NextAsync()).Send(
            Snapshot(1, Plan(
                Leaf("V1", a => a.DeliveryLeads.AddRange([
                    new DeliveryLead { Text = "CS Board", Partner = "partners/board", Qualifier = "DA" }, new DeliveryLead { Text = "Constabulary", Partner = "partners/police" }])),
                Update("V1", Status.Red))),
            Checkpoint("all"));

        var report = ProgressReport.Parser.ParseJson(await TextAsync(server, PeriodName, Format.Json));
        var grid = await server.Reports.GetStatusGridAsync(new GetStatusGridRequest { Parent = PlanName }, ReportingServer.Least("1"), cancellationToken: Deadline.Token);
        var attention = await server.Reports.ListAttentionItemsAsync(new ListAttentionItemsRequest { Parent = PeriodName }, ReportingServer.Least("1"), cancellationToken: Deadline.Token);

        LeadSuccessor[] forum = [new() { Partner = "partners/forum", DisplayName = "Safety Forum" }];
        Assert.Equal(forum, report.Rows[0].LeadSuccessors);
        Assert.Equal(forum, grid.Rows[0].LeadSuccessors);
        Assert.Equal(forum, attention.AttentionItems[0].LeadSuccessors);
        Assert.Equal([["partners/forum"], []], grid.Rows[0].DeliveryLeads.Select(l => l.Successors.ToArray()));
        Assert.Contains("CS Board (DA) (now Safety Forum) / Constabulary<", await TextAsync(server, PeriodName, Format.Html), StringComparison.Ordinal);
        // The catalogue's import reads this one back.
        Assert.Contains("CS Board (DA) / Constabulary,", await TextAsync(server, PeriodName, Format.Csv), StringComparison.Ordinal);
        Assert.Contains(",forum; police", await TextAsync(server, PeriodName, Format.Facts), StringComparison.Ordinal);
    }

    private static IEnumerable<Change> Months(int count) => Enumerable.Range(1, count)
        .Select(m => new Change { Period = new Period { Name = Period(m), DisplayName = $"Month {m}" } });

    private static Change In(int month, string reference, Status status) => Update(
        reference, status, u => u.Name = $"{PlanName}/actions/{reference}/updates/{Id(month)}");

    private static string Period(int month) => $"{PlanName}/periods/{Id(month)}";

    private static string Id(int month) => $"{2017 + ((month - 1) / 12)}-{((month - 1) % 12) + 1:D2}";

    private static async Task<ProgressReport> RenderAsync(ReportingServer server, int month) =>
        ProgressReport.Parser.ParseJson(await TextAsync(server, Period(month), Format.Json));

    private static async Task<string> TextAsync(ReportingServer server, string period, Format format) => (await server.Reports.RenderReportAsync(
        new RenderReportRequest { Name = period, Format = format }, ReportingServer.Least("1"), cancellationToken: Deadline.Token)).Data.ToStringUtf8();
}
