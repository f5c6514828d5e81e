using PlanServices.Reporting.Data;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using static PlanServices.Testing.OldDatabase;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Data;

public sealed class UpgradeTests
{
    private const string Then = "'2018-07-31 09:30:00.1234567'";

    private const string FirstModel = $"""
        INSERT INTO plans (Id, Name, Revision, ChangeTime) VALUES (3, 'plans/forgotten', 9, {Then});
        INSERT INTO resources (Id, PlanId, Kind, Name, Period, Message) VALUES (5, 3, 1, 'plans/forgotten', '', X'00');
        INSERT INTO follower_position (Id, ResumeToken) VALUES (1, 'an old token');
        """;

    // Of a catalogue whose revisions did not tell yet what a locked round counts.
    private const string ModelWithoutPursuits = $"""
        INSERT INTO plans (Id, Name, Revision, ChangeTime) VALUES (3, 'plans/county', 4, {Then});
        INSERT INTO resources (Id, PlanId, Kind, Name, Message) VALUES (5, 3, 1, 'plans/county', X'00');
        INSERT INTO updates (Id, Fact, Message) VALUES (7, 0, X'00');
        INSERT INTO follower_position (Id, ResumeToken, Uncompacted) VALUES (1, 'an old token', 0);
        INSERT INTO audit (Id, Time, Caller, RemoteAddress, Method, Resource, Outcome) VALUES (1, {Then}, 'local', '', 'Publish', '', 'OK');
        """;

    private const string FirstReports = $"""
        INSERT INTO reports (Id, Plan, Number, Period, Audience, Marking, Version, Corrects, CorrectionNote, CorrectedBy, Revision, PublishTime, Publisher,
            WithdrawTime, Withdrawer, WithdrawReason)
        VALUES (3, 'county', 1, '2018-10', 1, 1, 1, NULL, '', NULL, 4, {Then}, 'local', NULL, '', '');
        INSERT INTO report_files (Id, ReportId, Format, MediaType, Size, Sha256, Bytes)
        VALUES (5, 3, 1, 'text/html', 3, '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81', X'010203');
        INSERT INTO requests (Id, Fingerprint, ResponseType, Response, Time)
        VALUES ('00000000-0000-0000-0000-000000000001', X'00', 'planservices.reporting.v1.Report', X'00', datetime('now'));
        """;

    [Fact]
    public async Task Start_ModelOfACatalogueWithoutPursuits_FollowsAnew()
    {
        using var folder = new TemporaryFolder();
        var model = await MakeAsync<ReportingContext>(Path.Combine(folder.Path, "reporting.db"), 4, ModelWithoutPursuits);

        await using var server = await ReportingServer.StartAsync(folder.Path);

        await model.AssertKeptAsync("plans", "resources", "updates", "follower_position");
        var watch = await server.Catalogue.NextAsync();
        Assert.Equal("", watch.Request.ResumeToken);
        watch.Send(Snapshot(4, Plan(Leaf("V1"), Update("V1", Status.Red))));
        Assert.Equal(1, (await server.SummaryAsync(4)).Total.Leaves);
    }

    [Fact]
    public async Task Start_DatabasesOfTheFirstVersion_FollowsAnewAndKeepsReports()
    {
        using var folder = new TemporaryFolder();
        await MakeAsync<ReportingContext>(Path.Combine(folder.Path, "reporting.db"), 1, FirstModel);
        var reports = await MakeAsync<PublicationContext>(Path.Combine(folder.Path, "publications.db"), 1, FirstReports);

        await using var server = await ReportingServer.StartAsync(folder.Path);
        await reports.AssertKeptAsync();
        var watch = await server.Catalogue.NextAsync();
        Assert.Equal("", watch.Request.ResumeToken);
        watch.Send(Snapshot(4, Plan(Leaf("V1"), Update("V1", Status.Red))));
        Assert.Equal(1, (await server.SummaryAsync(4)).Total.Statuses.Red);

        var file = await server.Reports.DownloadReportAsync(
            new DownloadReportRequest { Name = "plans/county/reports/1", Format = (Format)1 }, cancellationToken: Deadline.Token);
        Assert.Equal([1, 2, 3], file.Data.ToByteArray());
    }
}
