using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Progress;

public class ParallelWritersTests
{
    private const int Writers = 24;
    private const int WritesEach = 25;

    [Fact]
    public async Task SaveProgressUpdate_ManyWritersOnOneUpdate_EachAcknowledgedWriteIsOneRevision()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var start = (await server.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token)).HeadRevision;

        var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(server, writer)));

        var acknowledged = results.SelectMany(r => r.Acknowledged).ToList();
        var refused = results.Sum(r => r.Refused);
        Assert.Equal(Writers * WritesEach, acknowledged.Count);
        Assert.True(refused > 0, "No writer met another: the test has shown nothing.");
        await AssertLogAsync(server, start, acknowledged);
    }

    [Fact]
    public async Task SaveProgressUpdate_SameEtagByAll_OneWins()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var read = await server.GetAsync("V1");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            try
            {
                await server.SaveAsync("V1", u => (u.Narrative, u.Etag) = ($"Writer {writer}.", read.Etag));
                return StatusCode.OK;
            }
            catch (RpcException e)
            {
                return e.StatusCode;
            }
        }));

        Assert.Equal(1, outcomes.Count(o => o == StatusCode.OK));
        Assert.Equal(Writers - 1, outcomes.Count(o => o == StatusCode.Aborted));
    }

    // Each writer reads, changes and sends the etag back, and begins again where another was faster.
    private static async Task<(List<(long Revision, string Narrative)> Acknowledged, int Refused)> WriteAsync(ActionsServer server, int writer)
    {
        List<(long, string)> acknowledged = [];
        var refused = 0;
        var etag = (await server.GetAsync("V1")).Etag;
        while (acknowledged.Count < WritesEach)
        {
            var narrative = $"Writer {writer}, write {acknowledged.Count}.";
            try
            {
                var saved = await server.SaveAsync("V1", u => (u.Narrative, u.Etag) = (narrative, etag));
                acknowledged.Add((saved.Revision, narrative));
                etag = saved.Etag;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Aborted)
            {
                refused++;
                etag = (await server.GetAsync("V1")).Etag;
            }
        }

        return (acknowledged, refused);
    }

    private static async Task AssertLogAsync(ActionsServer server, long start, List<(long Revision, string Narrative)> acknowledged)
    {
        Assert.Equal(
            Enumerable.Range(1, acknowledged.Count).Select(i => start + i), acknowledged.Select(a => a.Revision).Order());

        var history = new List<ProgressUpdateRevision>();
        var request = new ListProgressUpdateRevisionsRequest { Name = ActionsServer.NameOf("V1"), PageSize = 100 };
        do
        {
            var page = await server.Progress.ListProgressUpdateRevisionsAsync(request, cancellationToken: Deadline.Token);
            history.AddRange(page.Revisions);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        // Beside the draft that opening the period made.
        Assert.Equal(
            acknowledged.OrderByDescending(a => a.Revision),
            history.Take(history.Count - 1).Select(r => (r.Provenance.Revision, r.ProgressUpdate.Narrative)));
    }
}
