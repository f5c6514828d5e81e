using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid.Importing;

/// <summary>A grid is read in the light of the plan's themes, actions and statuses; what else is written meanwhile does not matter.</summary>
public sealed class BusyPlanTests : IAsyncLifetime
{
    private readonly FakeDirectory _directory = new();
    private TestHost _host = null!;
    private ActionsServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await FakeDirectory.StartAsync(_directory);
        _server = await ActionsServer.StartAsync(partners: _host.Addresses.Grpc);
        await _server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes);
        await _server.OpenAsync("2018-10");
        _directory.Asked.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task ImportGrid_UpdatesAreSavedAllTheTime_IsReadOnce()
    {
        var saved = 0;
        _directory.Asking = () => _server.SaveAsync("V1", u => u.Narrative = $"Text {++saved}.");

        var answer = await _server.ImportCsvAsync(
            "fenland", "2018-07", Grids.TwoThemes.Replace("Two sites", "Three sites", StringComparison.Ordinal));

        Assert.Equal((1, 1, 1), (answer.Changed, saved, _directory.Asked.Count));
    }

    [Fact]
    public async Task ImportGrid_ActionIsMadeMeanwhile_IsReadAgain()
    {
        var made = false;
        _directory.Asking = async () =>
        {
            if (made)
                return;

            made = true;
            await _server.Actions.CreatePlanActionAsync(
                new CreatePlanActionRequest
                {
                    Parent = "plans/fenland",
                    PlanActionId = "T9",
                    PlanAction = new PlanAction { Theme = "plans/fenland/themes/transformation", Title = "Share vans" },
                },
                cancellationToken: Deadline.Token);
        };

        await _server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes.Replace("See also T1.", "See also T9.", StringComparison.Ordinal));

        var update = await _server.Progress.GetProgressUpdateAsync(
            new GetProgressUpdateRequest { Name = ActionsServer.NameOf("V2", "2018-07") }, cancellationToken: Deadline.Token);
        Assert.Equal(["plans/fenland/actions/T9"], update.CrossReferences);
    }
}
