using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Replicas;

/// <summary>Several processes of Reporting and of Partners, each told of all the others.</summary>
public sealed class ReportingReplicasTests
{
    [Fact]
    public async Task Replicas_OfReportingAndPartners_AnswerAlikeAndOutliveEachOther()
    {
        await using var suite = await ReplicatedSuite.StartAsync(partners: 2, actions: 2, reporting: 2);
        await suite.ImportAsync(leaves: 4);
        var plans = new PlanService.PlanServiceClient(suite.Actions[1].Channel);
        var locked = await plans.LockPeriodAsync(new LockPeriodRequest { Name = "plans/fenland/periods/2018-10" }, cancellationToken: Deadline.Token);

        // Whichever is asked knows what was written, where the call brings its revision.
        var summaries = await Task.WhenAll(suite.Reporting.Select(r => SummaryAsync(r, locked.Revision)));
        Assert.All(summaries, s => Assert.True(s.Revision >= locked.Revision));
        Assert.Single(summaries.Select(s => s.Total).Distinct());

        // Two who publish at once make two reports, which both have.
        var published = await Task.WhenAll(suite.Reporting.Select((r, i) => PublishAsync(r, i == 0 ? Audience.Board : Audience.Public)));
        Assert.Equal(2, published.Select(p => p.Name).Distinct().Count());
        var files = await Task.WhenAll(suite.Reporting.Select(r => DownloadAsync(r, published[0].Name)));
        Assert.Equal(files[0], files[1]);

        // A partner made at one is known at the other, where the call brings its revision.
        var made = await new PartnerService.PartnerServiceClient(suite.Partners[0].Channel).CreatePartnerAsync(
            new CreatePartnerRequest { PartnerId = "blue-team", Partner = new Partner { DisplayName = "Blue Team", Kind = Partner.Types.Kind.DeliveryGroup } },
            cancellationToken: Deadline.Token);
        var read = await new PartnerService.PartnerServiceClient(suite.Partners[1].Channel).GetPartnerAsync(
            new GetPartnerRequest { Name = made.Name }, Least(made.Revision), cancellationToken: Deadline.Token);
        Assert.Equal("Blue Team", read.DisplayName);

        // One of each is killed: the others follow those that are left.
        await suite.Actions[0].KillAsync();
        await suite.Partners[1].KillAsync();
        await suite.Reporting[0].KillAsync();
        var saved = await new ProgressService.ProgressServiceClient(suite.Actions[1].Channel).SaveProgressUpdateAsync(
            new SaveProgressUpdateRequest { ProgressUpdate = new ProgressUpdate { Name = "plans/fenland/actions/C1/updates/2019-01", Narrative = "1" } },
            cancellationToken: Deadline.Token);
        Assert.True((await SummaryAsync(suite.Reporting[1], saved.Revision)).Revision >= saved.Revision);
        Assert.Equal(files[1], await DownloadAsync(suite.Reporting[1], published[0].Name));
    }

    private static Metadata Least(long revision) => new() { { "planservices-min-revision", $"{revision}" } };

    // The follower that lost its replica tries again, and may find the lost one a few times before the other.
    private static async Task<StatusSummary> SummaryAsync(ServiceProcess replica, long least)
    {
        var deadline = Deadline.Token;
        while (true)
        {
            try
            {
                return await new ReportService.ReportServiceClient(replica.Channel).GetStatusSummaryAsync(
                    new GetStatusSummaryRequest { Name = "plans/fenland/periods/2019-01/summary" }, Least(least), cancellationToken: deadline);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && !deadline.IsCancellationRequested)
            {
                // Not yet: that is said, and nothing older is given.
            }
        }
    }

    private static async Task<Report> PublishAsync(ServiceProcess replica, Audience audience) =>
        await new ReportService.ReportServiceClient(replica.Channel).PublishReportAsync(
            new PublishReportRequest { Parent = "plans/fenland", Period = "2018-10", Audience = audience }, cancellationToken: Deadline.Token);

    private static async Task<byte[]> DownloadAsync(ServiceProcess replica, string name) =>
        (await new ReportService.ReportServiceClient(replica.Channel).DownloadReportAsync(
            new DownloadReportRequest { Name = name, Format = Format.Csv }, cancellationToken: Deadline.Token)).Data.ToByteArray();
}
