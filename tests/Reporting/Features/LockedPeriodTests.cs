using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using ActionState = PlanServices.Actions.V1.PlanAction.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features;

/// <summary>A round that is locked is closed: whatever becomes of the plan's actions later, every figure of the round stays.</summary>
public sealed class LockedPeriodTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2018, 11, 10, 9, 0, 0, TimeSpan.Zero));

    // Each in a revision of its own, as the catalogue does it. By the last of them no action is what it was.
    private static readonly Change[][] Later =
    [
        [Pursued("V9", 3)],
        [Retired("V1", 1, 4)],
        [Retired("V2", 1, 5)],
        [Divided("V3", 1, 6), Pursued("V3.1", 6, Below("V3"))],
        // A refresh gives V5 another ref.
        [Retired("V5", 1, 7, a => a.ReplacedBy.Add($"{PlanName}/actions/V10")), Pursued("V10", 7, a => a.Replaces.Add($"{PlanName}/actions/V5"))],
        // V4 reports itself again.
        [Retired("V4.1", 1, 8, Below("V4")), Pursued("V4", 8)],
        [new Change { Period = new Period { Name = $"{PlanName}/periods/2019-01", DisplayName = "January 2019", State = Period.Types.State.Open } }],
    ];

    [Fact]
    public async Task Locked_ActionsAddedRetiredDividedAndRenamedSince_EveryFigureIsAsItWas()
    {
        await using var server = await ReportingServer.StartAsync(time: Time);
        var catalogue = (await server.Catalogue.NextAsync()).Send(Snapshot(1, AtTheStart()), Changes(2, October(2)), Checkpoint("all"));
        var before = await FiguresAsync(server, 2);

        for (var i = 0; i < Later.Length; i++)
        {
            catalogue.Send(Changes(3 + i, Later[i]));
            Assert.Equal(before, await FiguresAsync(server, 3 + i));
        }

        // A round that is open has the plan as it is now.
        var january = await SummaryAsync(server, "2019-01", 9, Audience.Board);
        Assert.Equal(4, january.Total.Leaves);
        Assert.DoesNotContain(january.Leads, l => l.DisplayName == "Council of V3");
    }

    [Fact]
    public async Task Locked_ModelBuiltAnewLater_HasTheSameFigures()
    {
        IReadOnlyList<string> before;
        await using (var server = await ReportingServer.StartAsync(time: Time))
        {
            (await server.Catalogue.NextAsync()).Send(Snapshot(1, AtTheStart()), Changes(2, October(2)), Checkpoint("all"));
            before = await FiguresAsync(server, 2);
        }

        await using var anew = await ReportingServer.StartAsync(time: Time);
        var now = AtTheStart().Append(October(2)).Concat(Later.SelectMany(c => c)).GroupBy(NameOf).Select(g => g.Last()).ToArray();
        (await anew.Catalogue.NextAsync()).Send(Snapshot(9, now), Checkpoint("all"));

        Assert.Equal(before, await FiguresAsync(anew, 9));
    }

    [Fact]
    public async Task Reopened_CountsThePlanAsItIs_AndLockedAgainStaysWithThat()
    {
        await using var server = await ReportingServer.StartAsync(time: Time);
        var catalogue = (await server.Catalogue.NextAsync()).Send(
            [Snapshot(1, AtTheStart()), Changes(2, October(2)), .. Later.Select((changes, i) => Changes(3 + i, changes))]);
        Assert.Equal(["V1", "V2", "V3", "V4.1", "V5"], await RefsAsync(server, 9));

        catalogue.Send(Changes(10, October(0)));
        Assert.Equal(["V1", "V3.1", "V4", "V9", "V10"], await RefsAsync(server, 10));
        Assert.Equal(5, (await server.SummaryAsync(10)).Total.Leaves);

        catalogue.Send(Changes(11, October(11)), Changes(12, Pursued("V11", 12)));
        Assert.Equal(["V1", "V3.1", "V4", "V9", "V10"], await RefsAsync(server, 12));
        Assert.Equal(5, (await server.SummaryAsync(12)).Total.Leaves);
    }

    [Fact]
    public async Task Divided_ReportOfAnEarlierPeriod_CountsForWhoLedItThen()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(
            Snapshot(1, AtTheStart()), Changes(2, Update("V3", Status.Amber)), Changes(3, Divided("V3", 1, 3), Pursued("V3.1", 3, Below("V3"))));

        var summary = await server.SummaryAsync(3);

        Assert.Equal(1, summary.Leads.Single(l => l.DisplayName == "Council of V3").Tally.Statuses.Amber);
        Assert.Contains("Council of V3", await server.RenderAsync(Format.Csv), StringComparison.Ordinal);
    }

    private static Change[] AtTheStart() =>
    [
        .. Plan(
            new Change { Period = new Period { Name = $"{PlanName}/periods/2018-07", DisplayName = "July 2018" } },
            Pursued("V1", 1),
            Pursued("V2", 1),
            Pursued("V3", 1),
            Leaf("V4", a => a.Leaf = false),
            Pursued("V4.1", 1, Below("V4")),
            Pursued("V5", 1)).Where(c => c.Period?.Name != PeriodName),
        October(0),
        Update("V1", Status.Red, u => (u.State, u.Narrative) = (ProgressUpdate.Types.State.Approved, "It went wrong.")),
        Update("V1", Status.Green, u => u.Name = $"{PlanName}/actions/V1/updates/2018-07"),
        Update("V2", Status.Green, u => u.Name = $"{PlanName}/actions/V2/updates/2018-07"),
    ];

    private static Change October(long locked) => new()
    {
        Period = new Period
        {
            Name = PeriodName,
            DisplayName = "October 2018",
            State = locked > 0 ? Period.Types.State.Locked : Period.Types.State.Open,
            LockRevision = locked,
            DueDate = new() { Year = 2018, Month = 11, Day = 7 },
        },
    };

    private static Change Pursued(string reference, long from, Action<PlanAction>? change = null) => Leaf(reference, a =>
    {
        a.DeliveryLeads.Add(new DeliveryLead { Text = $"Council of {reference}" });
        a.OpccLeads.Add("NP");
        a.Pursuits.Add(new Pursuit { FromRevision = from });
        change?.Invoke(a);
    });

    private static Change Retired(string reference, long from, long to, Action<PlanAction>? change = null) => Pursued(reference, from, a =>
    {
        (a.State, a.Pursuits[0].ToRevision) = (ActionState.Retired, to);
        change?.Invoke(a);
    });

    private static Change Divided(string reference, long from, long to) => Pursued(reference, from, a =>
    {
        (a.Leaf, a.Pursuits[0].ToRevision) = (false, to);
        a.FormerDeliveryLeads.Add(a.DeliveryLeads);
        a.FormerOpccLeads.Add(a.OpccLeads);
        a.DeliveryLeads.Clear();
        a.OpccLeads.Clear();
    });

    private static Action<PlanAction> Below(string parent) => a => a.ParentAction = $"{PlanName}/actions/{parent}";

    private static string NameOf(Change c) =>
        c.Plan?.Name ?? c.Theme?.Name ?? c.Period?.Name ?? c.PlanAction?.Name ?? c.ProgressUpdate.Name;

    /// <summary>All that there is to be had of October, but for the revision that it shows.</summary>
    private static async Task<IReadOnlyList<string>> FiguresAsync(ReportingServer server, long least)
    {
        var headers = ReportingServer.Least($"{least}");
        List<string> figures = [];
        foreach (var audience in new[] { Audience.Board, Audience.Panel, Audience.Public })
        {
            figures.Add(Text(await SummaryAsync(server, "2018-10", least, audience), s => (s.Revision, s.UpdateTime) = (0, null)));
            figures.Add(Text(
                await server.Reports.GetStatusGridAsync(
                    new GetStatusGridRequest { Parent = PlanName, LastPeriod = "2018-10", Periods = 1, Audience = audience }, headers, cancellationToken: Deadline.Token),
                g => g.Revision = 0));
            figures.Add(Text(
                await server.Reports.ComparePeriodsAsync(
                    new ComparePeriodsRequest { Name = PeriodName, ShowUnchanged = true, Audience = audience }, headers, cancellationToken: Deadline.Token),
                c => c.Revision = 0));
            figures.Add(Text(ProgressReport.Parser.ParseJson(await ReportAsync(server, Format.Json, audience, headers)), r =>
            {
                (r.Summary.Revision, r.Summary.UpdateTime) = (0, null);
                // July is open still: it has the plan as it is now.
                r.Trend.RemoveAt(0);
            }));
            figures.Add(await ReportAsync(server, Format.Csv, audience, headers));
            figures.Add((await ReportAsync(server, Format.Facts, audience, headers)).Replace($"county,2018-10,,{least},", "", StringComparison.Ordinal));
        }

        figures.Add(Text(
            await server.Reports.ListAttentionItemsAsync(new ListAttentionItemsRequest { Parent = PeriodName }, headers, cancellationToken: Deadline.Token),
            a => a.Revision = 0));
        return figures;
    }

    private static async Task<StatusSummary> SummaryAsync(ReportingServer server, string period, long least, Audience audience) =>
        await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{PlanName}/periods/{period}/summary", Audience = audience },
            ReportingServer.Least($"{least}"),
            cancellationToken: Deadline.Token);

    private static async Task<string> ReportAsync(ReportingServer server, Format format, Audience audience, Metadata headers) =>
        (await server.Reports.RenderReportAsync(
            new RenderReportRequest { Name = PeriodName, Format = format, Audience = audience }, headers, cancellationToken: Deadline.Token)).Data.ToStringUtf8();

    private static async Task<IEnumerable<string>> RefsAsync(ReportingServer server, long least) =>
        ProgressReport.Parser.ParseJson(await ReportAsync(server, Format.Json, Audience.Board, ReportingServer.Least($"{least}"))).Rows.Select(r => r.Ref);

    private static string Text<T>(T message, Action<T> change)
        where T : IMessage<T>
    {
        change(message);
        return message.ToString()!;
    }
}
