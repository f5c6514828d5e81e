using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.History;

public class PlanRevisionsTests
{
    private const string Secret = "Zoë Quillfeather";

    [Fact]
    public async Task ListPlanRevisions_ChangedAndExpunged_SaysWhoWhyAndWhatChanged()
    {
        await using var directory = await FakeDirectory.StartAsync();
        await using var server = await ActionsServer.StartAsync(partners: directory.Addresses.Grpc);
        await server.CreatePlanAsync("fenland");
        await UpdateAsync(server, p => p.Description = $"For {Secret}.");
        await server.Plans.ExpungeAsync(
            new ExpungeRequest { Name = "plans/fenland", Text = Secret, Reason = "Data protection." }, cancellationToken: Deadline.Token);
        await UpdateAsync(server, p => p.DisplayName = "The Fens");

        var revisions = await ListAsync(server, 100);

        Assert.Equal([4, 3, 3, 2, 1], revisions.Select(r => r.Provenance.Revision));
        Assert.Equal(["display_name"], revisions[0].Changes.Select(c => c.Field));
        Assert.Equal(("Plan fenland", "The Fens"), (revisions[0].Changes[0].Before, revisions[0].Changes[0].After));
        var removal = revisions.Single(r => r.Expunged is not null);
        Assert.Equal(("Data protection.", "clients/test", 0), (removal.Provenance.Reason, removal.Provenance.Caller, removal.Changes.Count));
        Assert.Equal((1, 1), (removal.Expunged.CurrentOccurrences, removal.Expunged.HistoryOccurrences));
        Assert.Null(removal.Plan);
        Assert.All(revisions, r => Assert.DoesNotContain(Secret, r.ToString(), StringComparison.Ordinal));
        // However it is cut into pages, nothing is lost: not of a revision with two entries either, nor what stood before a removal.
        Assert.Equal(revisions, await ListAsync(server, 1));
    }

    [Fact]
    public async Task ListPlanRevisions_DeletedPlanMadeAgain_HasBoth()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.CreatePlanAsync("fenland");
        await server.Plans.DeletePlanAsync(new DeletePlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token);
        await ApiAssert.NotFoundAsync(() => ListAsync(server, 10));
        await server.CreatePlanAsync("fenland");

        var revisions = await ListAsync(server, 10);

        Assert.Equal([true, false, true], revisions.Select(r => r.Plan is not null));
        Assert.Equal("", revisions[0].Changes.Single(c => c.Field == "display_name").Before);
    }

    private static async Task UpdateAsync(ActionsServer server, Action<Plan> change)
    {
        var plan = new Plan { Name = "plans/fenland" };
        change(plan);
        await server.Plans.UpdatePlanAsync(new UpdatePlanRequest { Plan = plan }, cancellationToken: Deadline.Token);
    }

    private static async Task<List<PlanRevision>> ListAsync(ActionsServer server, int pageSize)
    {
        List<PlanRevision> all = [];
        var request = new ListPlanRevisionsRequest { Name = "plans/fenland", PageSize = pageSize };
        do
        {
            var page = await server.Plans.ListPlanRevisionsAsync(request, cancellationToken: Deadline.Token);
            all.AddRange(page.Revisions);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return all;
    }
}
