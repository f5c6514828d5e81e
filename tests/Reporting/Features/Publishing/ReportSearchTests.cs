using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Publishing;

/// <summary>Which published reports hold a text that was expunged.</summary>
public sealed class ReportSearchTests : IAsyncLifetime
{
    private const string Secret = "Zebediah Quillfeather";

    private ReportingServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ReportingServer.StartAsync();
        (await _server.Catalogue.NextAsync()).Send(
            Snapshot(
                1,
                [
                    .. Plan().Where(c => c.Period is null),
                    new Change { Period = new Period { Name = PeriodName, DisplayName = "October 2018", State = Period.Types.State.Locked } },
                    Leaf("V1"),
                    Update("V1", Status.Green, u => (u.Narrative, u.State) = ($"We rang “{Secret}”\ntwice.", ProgressUpdate.Types.State.Submitted)),
                ]),
            Checkpoint("c"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Secret)]
    [InlineData(" zebediah\tQUILLFEATHER ")]
    [InlineData("\"Zebediah Quillfeather\" twice")]
    public async Task Search_TextThatOneEditionShows_FindsThatOneUntilItIsWithdrawn(string text)
    {
        var board = await PublishAsync(Audience.Board);
        // What is not approved is not for the public.
        await PublishAsync(Audience.Public);

        Assert.Equal([board], await SearchAsync(text));
        await WithdrawAsync(board, "It named a victim.");
        Assert.Empty(await SearchAsync(text));
    }

    [Fact]
    public async Task Search_TextInTheNotesOfReports_FindsThemNewestFirst()
    {
        var first = await PublishAsync(Audience.Public);
        var second = await PublishAsync(Audience.Public, r => (r.Corrects, r.CorrectionNote) = (first.Name, $"{Secret} is named no more."));
        var panel = await WithdrawAsync(await PublishAsync(Audience.Panel), $"It named {Secret}.");

        Assert.Equal([panel, second], await SearchAsync(Secret));
    }

    [Fact]
    public async Task Search_BadInput_NamesTheField()
    {
        await _server.SummaryAsync(1);
        await ApiAssert.InvalidFieldAsync("text", () => SearchAsync("ab"));
        await ApiAssert.InvalidFieldAsync("parent", () => SearchAsync(Secret, "county"));
        await ApiAssert.NotFoundAsync(() => SearchAsync(Secret, "plans/nope"));
        Assert.Empty(await SearchAsync(Secret));
    }

    private async Task<Report> PublishAsync(Audience audience, Action<PublishReportRequest>? change = null)
    {
        var request = new PublishReportRequest { Parent = PlanName, Period = "2018-10", Audience = audience };
        change?.Invoke(request);
        return await _server.Reports.PublishReportAsync(request, ReportingServer.Least("1"), cancellationToken: Deadline.Token);
    }

    private async Task<Report> WithdrawAsync(Report report, string reason) => await _server.Reports.WithdrawReportAsync(
        new WithdrawReportRequest { Name = report.Name, Reason = reason }, cancellationToken: Deadline.Token);

    private async Task<IReadOnlyList<Report>> SearchAsync(string text, string plan = PlanName) => (await _server.Reports.SearchReportsAsync(
        new SearchReportsRequest { Parent = plan, Text = text }, cancellationToken: Deadline.Token)).Reports;
}
