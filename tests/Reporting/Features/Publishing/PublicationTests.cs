using System.Net;
using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Publishing;

public sealed class PublicationTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ReportingServer _server = null!;
    private Watch _watch = null!;
    private long _revision;

    public async ValueTask InitializeAsync()
    {
        _server = await ReportingServer.StartAsync(_folder.Path);
        _watch = await _server.Catalogue.NextAsync();
        Send(Messages.Snapshot(++_revision, Messages.Plan(Messages.Leaf("V1"), Messages.Update("V1", Status.Green, u => u.Narrative = "As it was."))));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task PublishReport_LockedPeriod_KeepsEveryFileWithItsHash()
    {
        Lock();
        var report = await PublishAsync();

        Assert.Equal((1, 1, _revision), (report.Number, report.Version, report.PlanRevision));
        Assert.Equal("plans/county/reports/1", report.Name);
        Assert.NotEmpty(report.Files);
        foreach (var file in report.Files)
        {
            var bytes = await DownloadAsync(report, file.Format);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Assert.Equal(file.SizeBytes, bytes.Length);
        }

        Assert.Equal(report.Sha256, report.Files.Single(f => f.Format == Format.Json).Sha256);
        Assert.Equal(report, await _server.Reports.GetReportAsync(new GetReportRequest { Name = report.Name }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task DownloadReport_AfterThePlanChanged_GivesTheSameBytes()
    {
        Lock();
        var report = await PublishAsync();
        var before = await DownloadAsync(report, Format.Docx);
        Send(Messages.Changes(++_revision, Messages.Update("V1", Status.Red, u => u.Narrative = "As it became.")));
        await _server.SummaryAsync(_revision);

        Assert.Equal(before, await DownloadAsync(report, Format.Docx));
    }

    [Fact]
    public async Task DownloadReport_AfterTheModelWasBuiltAnew_GivesTheSameBytes()
    {
        Lock();
        var report = await PublishAsync();
        var before = await DownloadAsync(report, Format.Html);
        await _server.DisposeAsync();

        _server = await ReportingServer.StartAsync(_folder.Path, rebuild: true);

        Assert.Equal(before, await DownloadAsync(report, Format.Html));
    }

    [Fact]
    public async Task PublishReport_OpenPeriod_Fails()
    {
        var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_PERIOD_NOT_LOCKED", () => PublishAsync());

        Assert.Equal(Messages.PeriodName, info.Metadata["resource"]);
    }

    [Fact]
    public async Task PublishReport_ReopenedAndTheModelBehind_WaitsAndFails()
    {
        Lock();
        await _server.SummaryAsync(_revision);
        _server.Plans.Head = _revision + 1;

        var publishing = PublishAsync();
        await Task.WhenAny(publishing, Task.Delay(300, Deadline.Token));
        Assert.False(publishing.IsCompleted, "It was published of a revision that is not the catalogue's.");
        Send(Messages.Changes(++_revision, new Change { Period = new Period { Name = Messages.PeriodName, State = Period.Types.State.Open } }));

        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_PERIOD_NOT_LOCKED", () => publishing);
    }

    [Fact]
    public async Task PublishReport_LockedAndTheModelBehind_ShowsTheRevisionOfTheLock()
    {
        _server.Plans.Head = _revision + 1;

        var publishing = _server.Reports.PublishReportAsync(
            new PublishReportRequest { Parent = Messages.PlanName, Period = "2018-10" }, cancellationToken: Deadline.Token).ResponseAsync;
        await Task.WhenAny(publishing, Task.Delay(300, Deadline.Token));
        Lock();

        Assert.Equal(_revision, (await publishing).PlanRevision);
    }

    [Fact]
    public async Task PublishReport_CatalogueOutOfReach_IsUnavailableUnlessItWasAnswered()
    {
        Lock();
        var id = Guid.CreateVersion7().ToString();
        var first = await PublishAsync(r => r.RequestId = id);
        _server.Plans.Head = null;

        Assert.Equal(first, await PublishAsync(r => r.RequestId = id));
        var failure = await Assert.ThrowsAsync<RpcException>(() => PublishAsync(r => r.Audience = Audience.Panel));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Contains("catalogue is out of reach", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishReport_AfterItsCorrectionWasWithdrawn_CorrectsTheSameAgain()
    {
        Lock();
        var first = await PublishAsync();
        var second = await PublishAsync(r => (r.Corrects, r.CorrectionNote) = (first.Name, "The figure for V1 was wrong."));
        Assert.EndsWith(",2", (await FactsAsync()).TrimEnd(), StringComparison.Ordinal);
        await WithdrawAsync(second, "A name was in it.");

        // The first is known to be wrong: nobody is given its figures again.
        Assert.EndsWith(",", (await FactsAsync()).TrimEnd(), StringComparison.Ordinal);
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_ALREADY_PUBLISHED", () => PublishAsync());
        var third = await PublishAsync(r => (r.Corrects, r.CorrectionNote) = (first.Name, "The figure for V1 was wrong."));

        Assert.Equal((3, 3, first.Name), (third.Number, third.Version, third.Corrects));
        Assert.Equal(third.Name, (await _server.Reports.GetReportAsync(new GetReportRequest { Name = first.Name }, cancellationToken: Deadline.Token)).CorrectedBy);
        Assert.EndsWith(",3", (await FactsAsync()).TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishReport_Correction_NamesWhatItCorrectsAndLeavesIt()
    {
        Lock();
        var first = await PublishAsync();
        var bytes = await DownloadAsync(first, Format.Json);
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_ALREADY_PUBLISHED", () => PublishAsync());

        var second = await PublishAsync(r => (r.Corrects, r.CorrectionNote) = (first.Name, "The figure for V1 was wrong."));

        Assert.Equal((2, 2, first.Name), (second.Number, second.Version, second.Corrects));
        Assert.Equal(second.Name, (await _server.Reports.GetReportAsync(new GetReportRequest { Name = first.Name }, cancellationToken: Deadline.Token)).CorrectedBy);
        Assert.Equal(bytes, await DownloadAsync(first, Format.Json));
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NOT_CORRECTABLE", () => PublishAsync(r => (r.Corrects, r.CorrectionNote) = (first.Name, "Again.")));
        await ApiAssert.InvalidFieldAsync("correction_note", () => PublishAsync(r => r.Corrects = second.Name));
        var list = await _server.Reports.ListReportsAsync(new ListReportsRequest { Parent = Messages.PlanName }, cancellationToken: Deadline.Token);
        Assert.Equal([2, 1], list.Reports.Select(r => r.Number));
    }

    [Fact]
    public async Task PublishReport_SameRequestIdAgain_AnswersTheSame()
    {
        Lock();
        var id = Guid.CreateVersion7().ToString();

        var first = await PublishAsync(r => r.RequestId = id);

        Assert.Equal(first, await PublishAsync(r => r.RequestId = id));
        Assert.Single((await _server.Reports.ListReportsAsync(new ListReportsRequest { Parent = Messages.PlanName }, cancellationToken: Deadline.Token)).Reports);
    }

    [Fact]
    public async Task PublishReport_ValidateOnly_StoresNothing()
    {
        Lock();

        Assert.Equal(1, (await PublishAsync(r => r.ValidateOnly = true)).Number);
        Assert.Empty((await _server.Reports.ListReportsAsync(new ListReportsRequest { Parent = Messages.PlanName }, cancellationToken: Deadline.Token)).Reports);
    }

    [Fact]
    public async Task WithdrawReport_Published_LeavesTheHashAndNoBytes()
    {
        Lock();
        var report = await PublishAsync();

        var withdrawn = await WithdrawAsync(report, "A name was in it.");

        Assert.Equal((Report.Types.State.Withdrawn, "A name was in it.", report.Sha256), (withdrawn.State, withdrawn.WithdrawReason, withdrawn.Sha256));
        Assert.Equal(report.Files, withdrawn.Files);
        var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_REPORT_WITHDRAWN", () => DownloadAsync(report, Format.Csv));
        Assert.Equal(report.Files.Single(f => f.Format == Format.Csv).Sha256, info.Metadata["sha256"]);
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_REPORT_WITHDRAWN", () => WithdrawAsync(report, "Again."));
        foreach (var file in Directory.GetFiles(_folder.Path, "publications.db*"))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(open, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("As it was.", await reader.ReadToEndAsync(Deadline.Token), StringComparison.Ordinal);
        }

        // The next is no correction, and has a number of its own.
        Assert.Equal((2, 2), (await PublishAsync()) is { } next ? (next.Number, next.Version) : default);
    }

    [Fact]
    public async Task WithdrawReport_SentAgain_CompactsWhatTheFirstAttemptDidNot()
    {
        Lock();
        var report = await PublishAsync();
        await WithdrawAsync(report, "A name was in it.");
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "publications.db")}"))
        {
            // What an attempt leaves that ended before its compaction.
            await database.OpenAsync(Deadline.Token);
            await using var command = database.CreateCommand();
            command.CommandText = "CREATE TABLE left_over (text); INSERT INTO left_over VALUES ('Zebediah Quillfeather'); DROP TABLE left_over;";
            await command.ExecuteNonQueryAsync(Deadline.Token);
        }

        Assert.NotEmpty(_folder.FilesWith("Zebediah Quillfeather"));

        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_REPORT_WITHDRAWN", () => WithdrawAsync(report, "Again."));

        Assert.Empty(_folder.FilesWith("Zebediah Quillfeather"));
    }

    [Fact]
    public async Task Methods_BadInput_NameTheField()
    {
        Lock();
        // What is not there is known once the catalogue has been read to its end.
        Send(Messages.Checkpoint($"{_revision}"));
        await ApiAssert.NotFoundAsync(() => _server.Reports.GetReportAsync(new GetReportRequest { Name = "plans/county/reports/9" }, cancellationToken: Deadline.Token).ResponseAsync);
        await ApiAssert.NotFoundAsync(() => _server.Reports.GetReportAsync(new GetReportRequest { Name = "plans/county/reports/x" }, cancellationToken: Deadline.Token).ResponseAsync);
        await ApiAssert.NotFoundAsync(() => PublishAsync(r => r.Period = "2017-01"));
        await ApiAssert.InvalidFieldAsync("period", () => PublishAsync(r => r.Period = "soon"));
        await ApiAssert.InvalidFieldAsync("audience", () => PublishAsync(r => r.Audience = (Audience)9));
        await ApiAssert.InvalidFieldAsync(
            "protective_marking", () => PublishAsync(r => (r.Audience, r.ProtectiveMarking) = (Audience.Public, ProtectiveMarking.OfficialSensitive)));
        await ApiAssert.InvalidFieldAsync("request_id", () => PublishAsync(r => r.RequestId = "once"));
        var report = await PublishAsync();
        await ApiAssert.InvalidFieldAsync("format", () => DownloadAsync(report, Format.Unspecified));
        await ApiAssert.InvalidFieldAsync("reason", () => WithdrawAsync(report, " "));
    }

    [Fact]
    public async Task DownloadReport_WithoutAToken_GivesPublicEditionsAndSaysNothingOfOthers()
    {
        Lock();
        var board = await PublishAsync();
        var open = await PublishAsync(r => r.Audience = Audience.Public);
        using var channel = _server.Host.ChannelFor(null);
        var anybody = new ReportService.ReportServiceClient(channel);

        Assert.Equal(open, await anybody.GetReportAsync(new GetReportRequest { Name = open.Name }, cancellationToken: Deadline.Token));
        var file = await anybody.DownloadReportAsync(new DownloadReportRequest { Name = open.Name, Format = Format.Csv }, cancellationToken: Deadline.Token);
        Assert.Equal(await DownloadAsync(open, Format.Csv), file.Data.ToByteArray());
        using var http = _server.Host.HttpFor(null);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"/v1/{open.Name}:download?format=FORMAT_HTML", Deadline.Token)).StatusCode);
        var refused = await http.GetAsync($"/v1/{board.Name}:download?format=FORMAT_HTML", Deadline.Token);
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (refused.StatusCode, refused.Headers.WwwAuthenticate.ToString()));
        foreach (var name in new[] { board.Name, "plans/county/reports/9", "plans/elsewhere/reports/1", "nonsense" })
            await ApiAssert.FailsAsync(
                StatusCode.Unauthenticated, "ERROR_REASON_UNAUTHENTICATED", () => anybody.GetReportAsync(new GetReportRequest { Name = name }, cancellationToken: Deadline.Token).ResponseAsync);

        await WithdrawAsync(open, "A name was in it.");
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition,
            "ERROR_REASON_REPORT_WITHDRAWN",
            () => anybody.DownloadReportAsync(new DownloadReportRequest { Name = open.Name, Format = Format.Csv }, cancellationToken: Deadline.Token).ResponseAsync);
    }

    private void Send(WatchChangesResponse message) => _watch.Send(message);

    private void Lock() => Send(Messages.Changes(
        ++_revision, new Change { Period = new Period { Name = Messages.PeriodName, DisplayName = "October 2018", State = Period.Types.State.Locked } }));

    private async Task<Report> PublishAsync(Action<PublishReportRequest>? change = null)
    {
        var request = new PublishReportRequest { Parent = Messages.PlanName, Period = "2018-10" };
        change?.Invoke(request);
        return await _server.Reports.PublishReportAsync(request, ReportingServer.Least($"{_revision}"), cancellationToken: Deadline.Token);
    }

    private async Task<byte[]> DownloadAsync(Report report, Format format) => (await _server.Reports.DownloadReportAsync(
        new DownloadReportRequest { Name = report.Name, Format = format }, cancellationToken: Deadline.Token)).Data.ToByteArray();

    private async Task<string> FactsAsync() => (await _server.Reports.ExportFactsAsync(
        new ExportFactsRequest { Name = Messages.PeriodName }, cancellationToken: Deadline.Token)).Data.ToStringUtf8();

    private async Task<Report> WithdrawAsync(Report report, string reason) => await _server.Reports.WithdrawReportAsync(
        new WithdrawReportRequest { Name = report.Name, Reason = reason }, cancellationToken: Deadline.Token);
}
