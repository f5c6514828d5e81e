using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;
using Outcome = PlanServices.Actions.V1.Decision.Types.Outcome;
using State = PlanServices.Actions.V1.PlanRefresh.Types.State;

namespace PlanServices.Actions.Tests.Features.Refreshes;

/// <summary>A refresh is worked on until a board decides.</summary>
public sealed class RefreshEditTests : IAsyncLifetime
{
    private const string Plan = "plans/cambridgeshire-2013";
    private const string Safety = $"{Plan}/themes/safety";
    private const string Name = $"{Plan}/refreshes/december-2014";

    private readonly FakeDirectory _directory = new();
    private TestHost _host = null!;
    private ActionsServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await FakeDirectory.StartAsync(_directory);
        _server = await ActionsServer.StartAsync(partners: _host.Addresses.Grpc);
        await _server.CreatePlanAsync("cambridgeshire-2013");
        await RefreshPlan.ThemeAsync(_server, "safety", new Theme { DisplayName = "Keeping people safe", RefPrefix = "K" });
        await RefreshPlan.ActionAsync(_server, "K1", "safety");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task UpdatePlanRefresh_Proposed_ChangesWhatIsNamedAndEnactsThat()
    {
        var proposed = await RefreshPlan.ProposeAsync(_server, Refresh(Retire("K1")));

        var changed = await UpdateAsync(Refresh(Add("K2")), "items", etag: proposed.Etag);

        Assert.Equal(("One less", State.Proposed), (changed.DisplayName, changed.State));
        Assert.NotEqual(proposed.Etag, changed.Etag);
        Assert.Equal(changed, await _server.Refreshes.GetPlanRefreshAsync(new GetPlanRefreshRequest { Name = Name }, cancellationToken: Deadline.Token));
        await ApiAssert.FailsAsync(
            StatusCode.Aborted, "ERROR_REASON_STALE_ETAG", () => UpdateAsync(Refresh(Retire("K1")), "items", etag: proposed.Etag));
        await RefreshPlan.DecideAsync(_server, Outcome.Endorsed);
        Assert.Equal(
            [("K1", PlanAction.Types.State.Active), ("K2", PlanAction.Types.State.Active)],
            (await _server.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = Plan }, cancellationToken: Deadline.Token))
                .PlanActions.Select(a => (a.Ref, a.State)));
    }

    [Fact]
    public async Task UpdatePlanRefresh_WithWhatItHas_StoresNothing()
    {
        var proposed = await RefreshPlan.ProposeAsync(_server, Refresh(Retire("K1")));
        Assert.Equal(proposed, await UpdateAsync(Refresh(Retire("K1")), "*"));
    }

    [Fact]
    public async Task UpdatePlanRefresh_Deferred_IsProposedStillAndKeepsItsDecisions()
    {
        await RefreshPlan.ProposeAsync(_server, Refresh(Retire("K1")));
        await RefreshPlan.DecideAsync(_server, Outcome.Deferred);

        var changed = await UpdateAsync(new PlanRefresh { Recommendation = "To retire nothing yet." }, "");

        Assert.Equal([Outcome.Deferred], changed.Decisions.Select(d => d.Outcome));
        Assert.Equal("To retire nothing yet.", changed.Recommendation);
    }

    [Theory]
    [InlineData("state", "update_mask")]
    [InlineData("display_name", "plan_refresh.display_name")]
    [InlineData("items", "plan_refresh.items[0].retire_action.plan_action")]
    public async Task UpdatePlanRefresh_Wrong_NamesTheFieldAndChangesNothing(string mask, string field)
    {
        var proposed = await RefreshPlan.ProposeAsync(_server, Refresh(Retire("K1")));
        await ApiAssert.InvalidFieldAsync(field, () => UpdateAsync(new PlanRefresh { Items = { Retire("K9") } }, mask));
        Assert.Equal(proposed, await _server.Refreshes.GetPlanRefreshAsync(new GetPlanRefreshRequest { Name = Name }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task UpdatePlanRefresh_Decided_IsRefused()
    {
        await RefreshPlan.ProposeAsync(_server, Refresh(Retire("K1")));
        await RefreshPlan.DecideAsync(_server, Outcome.Noted);
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => UpdateAsync(Refresh(Add("K2")), "items"));
    }

    [Fact]
    public async Task AddAction_WithLeadsAndNotes_HasThemAndTheDirectoryIsAsked()
    {
        var added = Add("K2");
        added.AddAction.Notes.Add("The inspector asked for it.");
        added.AddAction.OpccLeads.Add("NP");
        added.AddAction.DeliveryLeads.Add(new DeliveryLead { Text = "Constabulary", Qualifier = "DA" });
        added.AddAction.DeliveryLeads.Add(new DeliveryLead { Text = "Night watch" });
        added.AddAction.DeliveryLeads.Add(new DeliveryLead { Text = "The wardens", Partner = "partners/wardens" });
        await RefreshPlan.ProposeAsync(_server, Refresh(added));

        await RefreshPlan.DecideAsync(_server, Outcome.Endorsed);
        _directory.Say(1, new DirectoryChange { Partner = new Partner { Name = "partners/night-shift" } });

        var action = await GetAsync("K2");
        for (var deadline = Deadline.Token; action.DeliveryLeads[0].Partner.Length == 0; action = await GetAsync("K2"))
            deadline.ThrowIfCancellationRequested();
        Assert.Equal(["The inspector asked for it."], action.Notes);
        Assert.Equal(["NP"], action.OpccLeads);
        Assert.Equal(
            [("Constabulary", "partners/constabulary", "DA"), ("Night watch", "", ""), ("The wardens", "partners/wardens", "")],
            action.DeliveryLeads.Select(l => (l.Text, l.Partner, l.Qualifier)));
        lock (_directory.Known)
            Assert.Contains(_directory.Asked, asked => asked.Collect && asked.Texts.Contains("Night watch"));
    }

    [Fact]
    public async Task AddAction_WrongLead_NamesIt()
    {
        var added = Add("K2");
        added.AddAction.DeliveryLeads.Add(new DeliveryLead());
        await ApiAssert.InvalidFieldAsync(
            "plan_refresh.items[0].add_action.delivery_leads[0].text", () => RefreshPlan.ProposeAsync(_server, Refresh(added)));
    }

    [Fact]
    public async Task AddAction_LeadWithSuccessors_TheyAreNotTheCallersToSay()
    {
        var added = Add("K2");
        added.AddAction.DeliveryLeads.Add(new DeliveryLead { Text = "The wardens", Partner = "partners/wardens", Successors = { "partners/anybody" } });

        var proposed = await RefreshPlan.ProposeAsync(_server, Refresh(added));
        Assert.Empty(proposed.Items[0].AddAction.DeliveryLeads[0].Successors);

        var changed = await UpdateAsync(Refresh(added), "items");
        Assert.Empty(changed.Items[0].AddAction.DeliveryLeads[0].Successors);
    }

    private async Task<PlanRefresh> UpdateAsync(PlanRefresh refresh, string mask, string etag = "")
    {
        (refresh.Name, refresh.Etag) = (Name, etag);
        return await _server.Refreshes.UpdatePlanRefreshAsync(
            new UpdatePlanRefreshRequest { PlanRefresh = refresh, UpdateMask = mask.Length == 0 ? null : new FieldMask { Paths = { mask } } },
            cancellationToken: Deadline.Token);
    }

    private async Task<PlanAction> GetAsync(string reference) => await _server.Actions.GetPlanActionAsync(
        new GetPlanActionRequest { Name = $"{Plan}/actions/{reference}" }, cancellationToken: Deadline.Token);

    private static PlanRefresh Refresh(RefreshItem item) => new() { DisplayName = "One less", Items = { item } };

    private static RefreshItem Retire(string reference) => new() { RetireAction = new RetireAction { PlanAction = $"{Plan}/actions/{reference}" } };

    private static RefreshItem Add(string reference) => new() { AddAction = new AddAction { Ref = reference, Theme = Safety, Title = "Walk the beat" } };
}
