using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.Features.Model;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Following;

public sealed class CatalogueModelTests : IAsyncLifetime
{
    private const string Secret = "Zebediah Quillfeather";

    private readonly TemporaryFolder _folder = new();
    private ReportingServer _server = null!;
    private IDbContextFactory<ReportingContext> _contexts = null!;
    private CatalogueModel _model = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ReportingServer.StartAsync(_folder.Path);
        _contexts = _server.Host.Services.GetRequiredService<IDbContextFactory<ReportingContext>>();
        // The server has loaded what there is by the time it watches.
        await _server.Catalogue.NextAsync();
        _model = new CatalogueModel(_contexts, _server.Host.Services.GetRequiredService<PlanModels>(), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Apply_PartOfARevision_IsSeenByNobodyUntilAllIsThere()
    {
        Assert.True(await ApplyAsync(Snapshot(1, Plan(Leaf("V1")))));

        Assert.False(await ApplyAsync(Changes(2, Leaf("V2")).Part()));
        Assert.Equal((1, "after 1"), await SeenAsync());

        Assert.True(await ApplyAsync(Changes(2, Leaf("V3"))));
        Assert.Equal((3, "after 2"), await SeenAsync());
        Assert.Equal(2, (await _server.SummaryAsync(2)).Revision);
    }

    [Fact]
    public async Task Apply_PartThatIsDropped_LeavesNothing()
    {
        await ApplyAsync(Snapshot(1, Plan(Leaf("V1"))));
        await ApplyAsync(Snapshot(5, Plan()).Part());
        await _model.DisposeAsync();

        Assert.Equal((1, "after 1"), await SeenAsync());
    }

    [Fact]
    public async Task Apply_Duplicates_ChangeNothing()
    {
        await ApplyAsync(Snapshot(1, Plan(Leaf("V1"), Update("V1", Status.Red))));
        await ApplyAsync(Changes(2, Update("V1", Status.Amber)));
        await ApplyAsync(Changes(3, Update("V1", Status.Green), Deleted("V9")));
        await ApplyAsync(Changes(2, Update("V1", Status.Amber), Leaf("V2")));
        await ApplyAsync(Changes(3, Update("V1", Status.Green)));

        var summary = await _server.SummaryAsync();
        Assert.Equal((1, 1, 3), (summary.Total.Leaves, summary.Total.Statuses.Green, summary.Revision));
    }

    [Fact]
    public async Task Apply_DeletedAndMadeAgainInOneMessage_IsThere()
    {
        await ApplyAsync(Snapshot(1, Plan(Leaf("V1"))));
        await ApplyAsync(Changes(2, Deleted("V1"), Leaf("V1"), new Change()));

        Assert.Equal(1, (await _server.SummaryAsync(2)).Total.Leaves);
    }

    [Fact]
    public async Task Apply_AnotherProcessWroteMeanwhile_IsAppliedByOneAlone()
    {
        await ApplyAsync(Snapshot(1, Plan(Leaf("V1"))));
        var plans = new PlanModels();
        await using var other = new CatalogueModel(_contexts, plans, TimeProvider.System);
        Assert.Equal("after 1", await other.ReadAsync(Deadline.Token));
        Assert.Equal(Applied.Whole, await other.ApplyAsync(Changes(2, Leaf("V2")), Deadline.Token));

        // The same changes come here, too; what is here does not go with what is stored any more.
        Assert.Equal(Applied.Elsewhere, await _model.ApplyAsync(Changes(2, Leaf("V2")), Deadline.Token));
        await _model.DisposeAsync();
        Assert.Equal("after 2", await _model.ReadAsync(Deadline.Token));
        Assert.True(await ApplyAsync(Changes(3, Leaf("V3"))));

        Assert.Equal((3, "after 3"), await SeenAsync());
        Assert.Equal(3, (await _server.SummaryAsync(3)).Total.Leaves);
        Assert.Equal(Applied.Elsewhere, await other.ApplyAsync(Changes(3, Leaf("V3")), Deadline.Token));
    }

    [Fact]
    public async Task Apply_ExpungedAndEndedBeforeTheCompaction_IsCompactedAtTheNextStart()
    {
        await ApplyAsync(Snapshot(1, Plan(Leaf("V1"), Update("V1", Status.Red, u => u.Narrative = Secret))));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Deadline.Token);
        await using (var db = await _contexts.CreateDbContextAsync(Deadline.Token))
        {
            // A reader that is in the way.
            await using var reading = await db.Database.BeginReadAsync(Deadline.Token);
            Assert.Equal(1, await db.Updates.CountAsync(Deadline.Token));
            var applying = _model.ApplyAsync(
                Changes(2, Update("V1", Status.Red, u => u.Narrative = "[expunged]"), new Change { Expunged = new Expunged { CurrentOccurrences = 1 } }), end.Token);
            while ((await SeenAsync()).Token != "after 2")
                await Task.Yield();
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => applying);
        }

        await _model.DisposeAsync();
        Assert.NotEmpty(_folder.FilesWith(Secret));

        await using var started = new CatalogueModel(_contexts, new PlanModels(), TimeProvider.System);
        Assert.Equal("after 2", await started.ReadAsync(Deadline.Token));

        Assert.Empty(_folder.FilesWith(Secret));
    }

    [Fact]
    public async Task Clear_TextThatTheCatalogueMayHaveExpungedSince_IsInNoFileOnceItIsReadAgain()
    {
        await ApplyAsync(Snapshot(1, Plan(Leaf("V1"), Update("V1", Status.Red, u => u.Narrative = Secret))));
        Assert.NotEmpty(_folder.FilesWith(Secret));

        await _model.ClearAsync(Deadline.Token);
        Assert.Equal("", await _model.ReadAsync(Deadline.Token));

        Assert.Empty(_folder.FilesWith(Secret));
    }

    private async Task<bool> ApplyAsync(WatchChangesResponse message) => await _model.ApplyAsync(message, Deadline.Token) == Applied.Whole;

    private async Task<(int Actions, string Token)> SeenAsync()
    {
        await using var db = await _contexts.CreateDbContextAsync(Deadline.Token);
        return ((await db.Resources.Where(r => r.Kind == ResourceKind.PlanAction).ToListAsync(Deadline.Token)).Count(r => r.Message.Length > 0),
            await db.Positions.Select(p => p.ResumeToken).SingleAsync(Deadline.Token));
    }
}
