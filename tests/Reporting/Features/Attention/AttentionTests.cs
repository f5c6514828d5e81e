using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Code = PlanServices.Reporting.V1.AttentionReason.Types.Code;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;
using Warning = PlanServices.Actions.V1.ProgressWarning.Types.Code;

namespace PlanServices.Reporting.Tests.Features.Attention;

public sealed class AttentionTests
{
    private static readonly string[] Periods = ["2018-04", "2018-07", "2018-10"];

    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2018, 11, 10, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task List_OctoberOfASmallPlan_IsRankedWithReasons()
    {
        await using var server = await StartAsync();

        var answer = await ListAsync(server);

        Assert.Equal(
            [
                // 100 red, 50 red for three periods.
                ("V1", 150, "Red LongRed"),
                // 60 and 10 days late, 45 returned.
                ("V4", 115, "Overdue Returned"),
                ("V3", 70, "Overdue"),
                ("V2", 50, "Deteriorated"),
                // Worse although its lead says improved, and the same words.
                ("V5", 30, "Inconsistent NarrativeUnchanged"),
                // Sent in without a status; what has the same words and is on its way, V6, is not listed.
                ("V7", 30, "NotRecorded"),
            ],
            answer.AttentionItems.Select(i => (i.Ref, i.Score, string.Join(' ', i.Reasons.Select(r => r.Code)))));
        Assert.Equal((6, 7, 1), (answer.TotalSize, answer.TotalLeaves, (int)answer.Revision));
        Assert.Equal([Warning.WorseButImproved, Warning.NarrativeUnchanged], answer.AttentionItems[4].Warnings.Select(w => w.Code));
        Assert.Equal((3, "No money.", 0), (answer.AttentionItems[0].RedPeriods, answer.AttentionItems[0].StatusReason, answer.AttentionItems[0].DaysLate));
        Assert.Equal((10, "Say why."), (answer.AttentionItems[1].DaysLate, answer.AttentionItems[1].ReturnReason));
    }

    [Fact]
    public async Task List_InPages_GivesEachOnce()
    {
        await using var server = await StartAsync();
        List<string> refs = [];
        var token = "";
        do
        {
            var page = await ListAsync(server, new ListAttentionItemsRequest { PageSize = 2, PageToken = token });
            refs.AddRange(page.AttentionItems.Select(i => i.Ref));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(["V1", "V4", "V3", "V2", "V5", "V7"], refs);
    }

    [Fact]
    public async Task List_LockedPeriodWithoutDueDate_ListsWhatWasNeverRecorded()
    {
        await using var server = await ReportingServer.StartAsync(time: Time);
        var locked = new Change { Period = new Period { Name = PeriodName, DisplayName = "October", State = Period.Types.State.Locked } };
        (await server.Catalogue.NextAsync()).Send(
            Snapshot(1, [.. Plan().Where(c => c.Period is null), locked, Led("V1"), Led("V2"), Update("V2", Status.Green)]), Checkpoint("c"));

        var answer = await ListAsync(server);

        var item = Assert.Single(answer.AttentionItems);
        Assert.Equal(("V1", 30, Code.NotRecorded), (item.Ref, item.Score, Assert.Single(item.Reasons).Code));
    }

    [Fact]
    public async Task List_OneReason_ListsWhatHasIt()
    {
        await using var server = await StartAsync();

        var answer = await ListAsync(server, new ListAttentionItemsRequest { Reasons = { Code.Overdue } });

        Assert.Equal(["V4", "V3"], answer.AttentionItems.Select(i => i.Ref));
    }

    [Theory]
    [InlineData("plans/county", "", "", 0, StatusCode.InvalidArgument, "parent")]
    [InlineData(PeriodName, "nonsense", "", 0, StatusCode.InvalidArgument, "page_token")]
    [InlineData(PeriodName, "", "plans/county/themes/nowhere", 0, StatusCode.NotFound, "nowhere")]
    [InlineData(PeriodName, "", "", 77, StatusCode.InvalidArgument, "reasons")]
    [InlineData("plans/county/periods/2030-01", "", "", 0, StatusCode.NotFound, "2030-01")]
    public async Task List_BadInput_SaysWhatIsWrong(string parent, string token, string theme, int reason, StatusCode code, string named)
    {
        await using var server = await StartAsync();
        await ListAsync(server);
        var request = new ListAttentionItemsRequest { Parent = parent, PageToken = token, Theme = theme };
        if (reason > 0)
            request.Reasons.Add((Code)reason);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Reports.ListAttentionItemsAsync(request, cancellationToken: Deadline.Token));

        Assert.Equal(code, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<ReportingServer> StartAsync()
    {
        var server = await ReportingServer.StartAsync(time: Time);
        var periods = Periods.Select(p => new Change
        {
            Period = new Period
            {
                Name = $"{PlanName}/periods/{p}",
                DisplayName = p,
                DueDate = new Google.Type.Date { Year = 2018, Month = 10, Day = 31 },
            },
        });
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, [
            .. Plan().Where(c => c.Period is null), .. periods,
            Led("V1"), Led("V2"), Led("V3"), Led("V4"), Led("V5"), Led("V6"), Led("V7"),
            At("2018-04", "V1", Status.Red), At("2018-07", "V1", Status.Red), At("2018-10", "V1", Status.Red, u => (u.StatusReason, u.Narrative) = ("No money.", "Words.")),
            At("2018-10", "V2", Status.Green, u => (u.Direction, u.Narrative) = (Direction.Deteriorated, "Other words.")),
            At("2018-10", "V4", Status.Green, u => (u.State, u.ReturnReason) = (State.Returned, "Say why.")),
            At("2018-04", "V5", Status.Complete, u => u.Narrative = "Old words."),
            At("2018-07", "V5", Status.Red, u => u.State = State.Draft),
            At("2018-10", "V5", Status.Green, u => (u.Direction, u.Narrative) = (Direction.Improved, "old  WORDS.")),
            At("2018-07", "V6", Status.Green, u => u.Narrative = "Fine."),
            At("2018-10", "V6", Status.Green, u => u.Narrative = "Fine."),
            At("2018-10", "V7", Status.Unspecified, u => u.Narrative = "It goes on."),
        ]), Checkpoint("c"));
        return server;
    }

    private static Change Led(string reference) => Leaf(reference, a => a.DeliveryLeads.Add(new DeliveryLead { Text = "Constabulary" }));

    private static Change At(string period, string reference, Status status, Action<ProgressUpdate>? change = null) => Update(reference, status, u =>
    {
        u.Name = $"{PlanName}/actions/{reference}/updates/{period}";
        change?.Invoke(u);
    });

    private static async Task<ListAttentionItemsResponse> ListAsync(ReportingServer server, ListAttentionItemsRequest? request = null)
    {
        request ??= new ListAttentionItemsRequest();
        request.Parent = PeriodName;
        return await server.Reports.ListAttentionItemsAsync(request, ReportingServer.Least("1"), cancellationToken: Deadline.Token);
    }
}
