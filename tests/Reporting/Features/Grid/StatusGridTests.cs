using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;
using Trend = PlanServices.Reporting.V1.GridRow.Types.Trend;

namespace PlanServices.Reporting.Tests.Features.Grid;

public sealed class StatusGridTests
{
    [Fact]
    public async Task Get_LastPeriods_ShowsEachLeafWithTrendAndHowLongItIsRed()
    {
        await using var server = await ReportingServer.StartAsync();
        await SendAsync(server, ("V1", "G R - R R"), ("V2", "A G A W W"), ("V3", "- - - - -"), ("V4", "R R R R A"), ("V5", "A A A A A"));

        var grid = await GetAsync(server, new GetStatusGridRequest { Periods = 3 });

        Assert.Equal(["2018-03", "2018-04", "2018-05"], grid.Periods.Select(p => p.Period[^7..]));
        Assert.Equal(
            [("V1", Trend.Level, 3, "2018-02"), ("V2", Trend.Unspecified, 0, ""), ("V3", Trend.Unspecified, 0, ""), ("V4", Trend.Better, 0, ""), ("V5", Trend.Level, 0, "")],
            grid.Rows.Select(r => (r.Ref, r.Trend, r.RedPeriods, r.RedSince.Length == 0 ? "" : r.RedSince[^7..])));
        Assert.Equal([Status.Unspecified, Status.Red, Status.Red], grid.Rows[0].Cells.Select(c => c.Status));
        Assert.Equal("Action V1", grid.Rows[0].Title);
        Assert.Contains(grid.StatusScheme.Statuses, s => s.Status == Status.NotStarted);
    }

    [Fact]
    public async Task Get_OneMonthOfJson_IsWhereTheContractSaysItIs()
    {
        await using var server = await ReportingServer.StartAsync();
        await SendAsync(server, ("V1", "G"));

        var json = await server.Host.Http.GetStringAsync(new Uri("/v1/plans/county/statusGrid?periods=6", UriKind.Relative), Deadline.Token);

        Assert.Contains("\"status\": \"STATUS_GREEN\"", json.Replace("\":\"", "\": \"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EndingEarlier_LooksNoFurther()
    {
        await using var server = await ReportingServer.StartAsync();
        await SendAsync(server, ("V1", "G A R R"));

        var grid = await GetAsync(server, new GetStatusGridRequest { Periods = 2, LastPeriod = "2018-03" });

        Assert.Equal(["2018-02", "2018-03"], grid.Periods.Select(p => p.Period[^7..]));
        Assert.Equal((1, Trend.Worse), (grid.Rows[0].RedPeriods, grid.Rows[0].Trend));
    }

    [Fact]
    public async Task Get_ForThePublic_ShowsApprovedCellsOnly()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(
            Leaf("V1"), Leaf("V2"), Update("V1", Status.Red), Update("V2", Status.Red, u => u.State = State.Approved))));

        var grid = await GetAsync(server, new GetStatusGridRequest { Audience = Audience.Public });

        Assert.Equal([(Status.Unspecified, true, 0), (Status.Red, false, 1)], grid.Rows.Select(r => (r.Cells[0].Status, r.Cells[0].NotShown, r.RedPeriods)));
    }

    [Fact]
    public async Task Get_ForThePublic_RedForEndsWhereAStatusIsNotShown()
    {
        await using var server = await ReportingServer.StartAsync();
        await SendAsync(server, ("V1", "R r R R"), ("V2", "R R R r"));

        var board = await GetAsync(server, new GetStatusGridRequest());
        var seen = await GetAsync(server, new GetStatusGridRequest { Audience = Audience.Public });

        Assert.Equal([4, 4], board.Rows.Select(r => r.RedPeriods));
        Assert.Equal([(2, "2018-03"), (0, "")], seen.Rows.Select(r => (r.RedPeriods, r.RedSince.Length == 0 ? "" : r.RedSince[^7..])));
    }

    [Theory]
    [InlineData(-1, "", "", StatusCode.InvalidArgument, "periods")]
    [InlineData(61, "", "", StatusCode.InvalidArgument, "periods")]
    [InlineData(6, "October", "", StatusCode.InvalidArgument, "last_period")]
    [InlineData(6, "2030-01", "", StatusCode.NotFound, "2030-01")]
    [InlineData(6, "", "plans/county/themes/nowhere", StatusCode.NotFound, "nowhere")]
    [InlineData(6, "", "nowhere", StatusCode.InvalidArgument, "theme")]
    public async Task Get_BadInput_SaysWhatIsWrong(int periods, string last, string theme, StatusCode code, string named)
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1"))), Checkpoint("c"));
        await server.SummaryAsync(1);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => GetAsync(server, new GetStatusGridRequest { Periods = periods, LastPeriod = last, Theme = theme }));

        Assert.Equal(code, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    // One period a month from January; a letter is a status, a small one is not approved, - is no update.
    private static async Task SendAsync(ReportingServer server, params (string Ref, string Statuses)[] leaves)
    {
        var months = leaves[0].Statuses.Split(' ').Length;
        var changes = Plan().Where(c => c.Period is null)
            .Concat(Enumerable.Range(1, months).Select(m => new Change { Period = new Period { Name = $"plans/county/periods/2018-{m:D2}", DisplayName = $"Month {m}" } }))
            .Concat(leaves.Select(l => Leaf(l.Ref)))
            .Concat(leaves.SelectMany(l => l.Statuses.Split(' ').Select((letter, i) => (letter, Change: Update(l.Ref, StatusOf(letter), u =>
                {
                    u.Name = $"plans/county/actions/{l.Ref}/updates/2018-{i + 1:D2}";
                    u.State = char.IsLower(letter[0]) ? State.Submitted : State.Approved;
                }))))
                .Where(u => u.letter != "-").Select(u => u.Change));
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, [.. changes]));
    }

    private static Status StatusOf(string letter) => letter.ToUpperInvariant() switch
    {
        "R" => Status.Red,
        "A" => Status.Amber,
        "G" => Status.Green,
        "W" => Status.NotStarted,
        _ => Status.Unspecified,
    };

    private static async Task<StatusGrid> GetAsync(ReportingServer server, GetStatusGridRequest request)
    {
        request.Parent = PlanName;
        return await server.Reports.GetStatusGridAsync(request, ReportingServer.Least("1"), cancellationToken: Deadline.Token);
    }
}
