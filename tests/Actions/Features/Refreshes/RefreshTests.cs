using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Outcome = PlanServices.Actions.V1.Decision.Types.Outcome;
using State = PlanServices.Actions.V1.PlanRefresh.Types.State;

namespace PlanServices.Actions.Tests.Features.Refreshes;

public class RefreshTests
{
    private const string Plan = "plans/cambridgeshire-2013";
    private const string Safety = $"{Plan}/themes/safety";

    [Theory]
    [InlineData(Outcome.Noted, State.Closed)]
    [InlineData(Outcome.Rejected, State.Closed)]
    [InlineData(Outcome.Deferred, State.Proposed)]
    [InlineData(Outcome.Endorsed, State.Enacted)]
    public async Task RecordDecision_EachOutcome_LeavesItsState(Outcome outcome, State state)
    {
        await using var server = await StartAsync();
        await RefreshPlan.ProposeAsync(server, Retiring("K1"));

        var decided = await RefreshPlan.DecideAsync(server, outcome);

        Assert.Equal(state, decided.State);
        Assert.Equal(outcome == Outcome.Endorsed, await IsRetiredAsync(server, "K1"));
        if (state == State.Proposed)
        {
            Assert.Equal(State.Enacted, (await RefreshPlan.DecideAsync(server, Outcome.Endorsed)).State);
            return;
        }

        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => RefreshPlan.DecideAsync(server, Outcome.Endorsed));
    }

    [Fact]
    public async Task CreatePlanRefresh_ItemsThatCannotBeMade_NamesEach()
    {
        await using var server = await StartAsync();
        var refresh = Retiring("K1");
        refresh.Items.Add(new RefreshItem { RetireAction = new RetireAction { PlanAction = $"{Plan}/actions/K9" } });
        refresh.Items.Add(new RefreshItem { MoveSection = new MoveSection { Section = $"{Safety}/sections/nowhere", Theme = Safety } });
        refresh.Items.Add(new RefreshItem { AddAction = new AddAction { Ref = "k3", Theme = Safety, Title = "No such ref" } });
        refresh.Items.Add(new RefreshItem());
        refresh.Items.Add(new RefreshItem { RetireAction = new RetireAction { PlanAction = $"{Plan}/actions/K1" } });

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_INVALID_FIELD",
            () => RefreshPlan.ProposeAsync(server, refresh),
            "plan_refresh.items[1].retire_action.plan_action",
            "plan_refresh.items[2].move_section.section",
            "plan_refresh.items[3].add_action.ref",
            "plan_refresh.items[4]",
            "plan_refresh.items[5].retire_action.plan_action");
    }

    [Fact]
    public async Task RecordDecision_PlanHasMoved_NamesTheItemAndChangesNothing()
    {
        await using var server = await StartAsync();
        var refresh = Retiring("K2");
        refresh.Items.Add(Retiring("K1").Items[0]);
        await RefreshPlan.ProposeAsync(server, refresh);
        await server.Actions.RetirePlanActionAsync(
            new RetirePlanActionRequest { Name = $"{Plan}/actions/K1", Reason = "Done." }, cancellationToken: Deadline.Token);

        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition,
            "ERROR_REASON_REFRESH_NOT_POSSIBLE",
            () => RefreshPlan.DecideAsync(server, Outcome.Endorsed),
            "items[1].retire_action.plan_action");

        Assert.False(await IsRetiredAsync(server, "K2"));
        var read = await server.Refreshes.GetPlanRefreshAsync(
            new GetPlanRefreshRequest { Name = $"{Plan}/refreshes/december-2014" }, cancellationToken: Deadline.Token);
        Assert.Equal((State.Proposed, 0), (read.State, read.Decisions.Count));
    }

    [Fact]
    public async Task RecordDecision_ManyAtOnce_OneWins()
    {
        await using var server = await StartAsync();
        await RefreshPlan.ProposeAsync(server, Retiring("K1"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await RefreshPlan.DecideAsync(server, i % 2 == 0 ? Outcome.Endorsed : Outcome.Rejected);
                return StatusCode.OK;
            }
            catch (RpcException e)
            {
                return e.StatusCode;
            }
        }));

        Assert.Equal(1, outcomes.Count(o => o == StatusCode.OK));
        Assert.Equal(7, outcomes.Count(o => o == StatusCode.FailedPrecondition));
    }

    [Fact]
    public async Task RecordDecision_StaleEtag_Aborted()
    {
        await using var server = await StartAsync();
        var proposed = await RefreshPlan.ProposeAsync(server, Retiring("K1"));
        await RefreshPlan.DecideAsync(server, Outcome.Deferred, proposed.Etag);

        await ApiAssert.FailsAsync(
            StatusCode.Aborted, "ERROR_REASON_STALE_ETAG", () => RefreshPlan.DecideAsync(server, Outcome.Endorsed, proposed.Etag));
    }

    [Fact]
    public async Task RecordDecision_ActionGetsANewRef_LineageBothWays()
    {
        await using var server = await StartAsync();
        await RefreshPlan.ThemeAsync(server, "crime", new Theme { DisplayName = "Crime", RefPrefix = "C" });
        var refresh = Retiring("K2");
        refresh.Items.Clear();
        refresh.Items.Add(new RefreshItem { MoveAction = new MoveAction { PlanAction = $"{Plan}/actions/K1", Theme = $"{Plan}/themes/crime", Ref = "C1" } });
        refresh.Items.Add(new RefreshItem { MoveAction = new MoveAction { PlanAction = $"{Plan}/actions/K2", Theme = $"{Plan}/themes/crime" } });
        await RefreshPlan.ProposeAsync(server, refresh);

        await RefreshPlan.DecideAsync(server, Outcome.Endorsed);

        var (old, moved, kept) = (await GetAsync(server, "K1"), await GetAsync(server, "C1"), await GetAsync(server, "K2"));
        Assert.Equal((PlanAction.Types.State.Retired, $"{Plan}/actions/C1"), (old.State, Assert.Single(old.ReplacedBy)));
        // What was locked before counts the old one, and what is locked from now on the new one.
        Assert.Equal((moved.Revision, moved.Revision, 0), (Assert.Single(old.Pursuits).ToRevision, Assert.Single(moved.Pursuits).FromRevision, moved.Pursuits[0].ToRevision));
        Assert.Equal(0, Assert.Single(kept.Pursuits).ToRevision);
        Assert.Equal(($"{Plan}/actions/K1", Safety, "Do K1"), (Assert.Single(moved.Replaces), moved.MovedFrom, moved.Title));
        Assert.Equal(($"{Plan}/themes/crime", Safety), (kept.Theme, kept.MovedFrom));
    }

    [Fact]
    public async Task RecordDecision_LastSubActionsRetired_TheirParentReportsItself()
    {
        await using var server = await StartAsync();
        await RefreshPlan.ThemeAsync(server, "crime", new Theme { DisplayName = "Crime", RefPrefix = "C" });
        foreach (var id in new[] { "K1.1", "K1.2" })
        {
            await server.Actions.CreatePlanActionAsync(
                new CreatePlanActionRequest { Parent = Plan, PlanActionId = id, PlanAction = new PlanAction { ParentAction = $"{Plan}/actions/K1", Title = "A part" } },
                cancellationToken: Deadline.Token);
        }

        var refresh = Retiring("K1.1");
        refresh.Items.Add(Retiring("K1.2").Items[0]);
        await RefreshPlan.ProposeAsync(server, refresh);
        await RefreshPlan.DecideAsync(server, Outcome.Endorsed);

        var parent = await GetAsync(server, "K1");
        Assert.True(parent.Leaf);
        Assert.Equal([((await GetAsync(server, "K1.1")).Revision, 0L)], parent.Pursuits.Skip(1).Select(p => (p.FromRevision, p.ToRevision)));
        var move = new RefreshItem { MoveAction = new MoveAction { PlanAction = $"{Plan}/actions/K1", Theme = $"{Plan}/themes/crime" } };
        await server.Refreshes.CreatePlanRefreshAsync(
            new CreatePlanRefreshRequest { Parent = Plan, PlanRefreshId = "move", PlanRefresh = new PlanRefresh { DisplayName = "Move", Items = { move } } },
            cancellationToken: Deadline.Token);
        await server.Refreshes.RecordDecisionAsync(
            new RecordDecisionRequest { Name = $"{Plan}/refreshes/move", Decision = new Decision { Outcome = Outcome.Endorsed } }, cancellationToken: Deadline.Token);
        Assert.Equal([$"{Plan}/themes/crime", $"{Plan}/themes/crime"], [(await GetAsync(server, "K1")).Theme, (await GetAsync(server, "K1.1")).Theme]);
    }

    [Fact]
    public async Task RecordDecision_ActionGetsANewRefInItsTheme_IsNotMoved()
    {
        await using var server = await StartAsync();
        await RefreshPlan.ProposeAsync(server, Of(new RefreshItem { MoveAction = new MoveAction { PlanAction = $"{Plan}/actions/K1", Theme = Safety, Ref = "K7" } }));

        await RefreshPlan.DecideAsync(server, Outcome.Endorsed);

        var renamed = await GetAsync(server, "K7");
        Assert.Equal(($"{Plan}/actions/K1", ""), (Assert.Single(renamed.Replaces), renamed.MovedFrom));
    }

    [Fact]
    public async Task CreatePeriod_AfterARename_CarriesTheTextOverToTheNewRef()
    {
        await using var server = await StartAsync();
        await OpenAsync(server, "2014-10");
        await ReportAsync(server, "K1", "The first text.");
        await ReportAsync(server, "K2", "The second text.");
        await RefreshPlan.ProposeAsync(server, Of(
            new RefreshItem { MoveAction = new MoveAction { PlanAction = $"{Plan}/actions/K1", Theme = Safety, Ref = "K7" } },
            new RefreshItem { AddAction = new AddAction { Theme = Safety, Ref = "K8", Title = "Something else", Replaces = { $"{Plan}/actions/K2" } } },
            new RefreshItem { RetireAction = new RetireAction { PlanAction = $"{Plan}/actions/K2" } }));
        await RefreshPlan.DecideAsync(server, Outcome.Endorsed);

        await OpenAsync(server, "2015-01");

        var updates = await server.Progress.ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = $"{Plan}/actions/-", Period = "2015-01" }, cancellationToken: Deadline.Token);
        var draft = Assert.Single(updates.ProgressUpdates);
        Assert.Equal(
            ($"{Plan}/actions/K7/updates/2015-01", "The first text.", $"{Plan}/periods/2014-10"), (draft.Name, draft.Narrative, draft.CarriedOverFrom));
    }

    [Fact]
    public async Task CreatePlanRefresh_ItemsThatSpoilATheme_NamesTheItemsOwnFields()
    {
        await using var server = await StartAsync();
        await RefreshPlan.ThemeAsync(server, "crime", new Theme { DisplayName = "Crime", RefPrefix = "C", Sections = { new Section { Id = "iom", DisplayName = "IOM" } } });
        var refresh = Of(
            new RefreshItem { MoveAction = new MoveAction { PlanAction = $"{Plan}/actions/K1", Theme = Safety } },
            new RefreshItem { MoveSection = new MoveSection { Section = $"{Plan}/themes/crime/sections/iom", Theme = Safety } },
            new RefreshItem { AddSection = new AddSection { Theme = $"{Plan}/themes/crime", Section = new Section { Id = "iom", DisplayName = "Again" } } },
            new RefreshItem { AddSection = new AddSection { Theme = Safety, Section = new Section { Id = "One", DisplayName = "" } } },
            new RefreshItem { AddSection = new AddSection { Theme = Safety, Section = new Section { Id = "two", DisplayName = "" } } },
            new RefreshItem { ChangeSection = new ChangeSection { Section = $"{Safety}/sections/iom", Summary = new string('x', 4001) } },
            new RefreshItem { AddPledge = new AddPledge { Theme = Safety, Pledge = new Pledge { Id = "p", DisplayName = "P\u0001" } } });

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_INVALID_FIELD",
            () => RefreshPlan.ProposeAsync(server, refresh),
            "plan_refresh.items[0].move_action.theme",
            "plan_refresh.items[2].add_section.section.id",
            "plan_refresh.items[3].add_section.section.id",
            "plan_refresh.items[3].add_section.section.display_name",
            "plan_refresh.items[4].add_section.section.display_name",
            "plan_refresh.items[5].change_section.summary",
            "plan_refresh.items[6].add_pledge.pledge.display_name");
    }

    [Fact]
    public async Task WithdrawPlanRefresh_Proposed_StaysWithItsReasonAndIsNotDecided()
    {
        await using var server = await StartAsync();
        var proposed = await RefreshPlan.ProposeAsync(server, Retiring("K1"));
        await ApiAssert.InvalidFieldAsync("reason", () => RefreshPlan.WithdrawAsync(server, r => r.Reason = " "));
        await ApiAssert.FailsAsync(StatusCode.Aborted, "ERROR_REASON_STALE_ETAG", () => RefreshPlan.WithdrawAsync(server, r => r.Etag = "1"));
        await RefreshPlan.WithdrawAsync(server, r => r.ValidateOnly = true);
        var id = "6f1fd1a4-8a4a-4c55-9a3e-0a2a5a6f7b10";

        var withdrawn = await RefreshPlan.WithdrawAsync(server, r => (r.Etag, r.RequestId) = (proposed.Etag, id));

        Assert.Equal((State.Withdrawn, "It named the wrong action."), (withdrawn.State, withdrawn.WithdrawReason));
        Assert.Equal(withdrawn, await RefreshPlan.WithdrawAsync(server, r => (r.Etag, r.RequestId) = (proposed.Etag, id)));
        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => RefreshPlan.DecideAsync(server, Outcome.Endorsed));
        Assert.Equal("STATE_WITHDRAWN", info.Metadata["state"]);
        Assert.False(await IsRetiredAsync(server, "K1"));
    }

    [Fact]
    public async Task WatchChanges_RefreshEndorsed_ComesWithWhatItChanged()
    {
        await using var server = await StartAsync();
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = Plan }, cancellationToken: Deadline.Token);
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        await RefreshPlan.ProposeAsync(server, Retiring("K1"));
        var enacted = await RefreshPlan.DecideAsync(server, Outcome.Endorsed);

        List<Change> changes = [];
        while (!changes.Exists(c => c.Revision == enacted.Revision))
        {
            Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
            changes.AddRange(watch.ResponseStream.Current.Changes);
        }

        Assert.Equal(
            [Change.ResourceOneofCase.PlanAction, Change.ResourceOneofCase.PlanRefresh],
            changes.Where(c => c.Revision == enacted.Revision).Select(c => c.ResourceCase));
    }

    [Fact]
    public async Task Refreshes_OverJson_AsOverGrpc()
    {
        await using var server = await StartAsync();
        using var body = new StringContent(
            $$"""{"displayName":"One less","items":[{"retireAction":{"planAction":"{{Plan}}/actions/K1"},"reason":"Done."}]}""",
            System.Text.Encoding.UTF8,
            "application/json");

        using var made = await server.Host.Http.PostAsync(
            new Uri($"/v1/{Plan}/refreshes?planRefreshId=december-2014", UriKind.Relative), body, Deadline.Token);
        using var decision = new StringContent("""{"decision":{"outcome":"OUTCOME_ENDORSED"}}""", System.Text.Encoding.UTF8, "application/json");
        using var decided = await server.Host.Http.PostAsync(
            new Uri($"/v1/{Plan}/refreshes/december-2014:recordDecision", UriKind.Relative), decision, Deadline.Token);

        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Deadline.Token));
        Assert.True(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync(Deadline.Token));
        Assert.True(await IsRetiredAsync(server, "K1"));
        var listed = await server.Refreshes.ListPlanRefreshesAsync(new ListPlanRefreshesRequest { Parent = Plan }, cancellationToken: Deadline.Token);
        Assert.Equal(["One less"], listed.PlanRefreshes.Select(r => r.DisplayName));
    }

    private static async Task<ActionsServer> StartAsync()
    {
        var server = await ActionsServer.StartAsync();
        await server.CreatePlanAsync("cambridgeshire-2013");
        await RefreshPlan.ThemeAsync(server, "safety", new Theme { DisplayName = "Keeping people safe", RefPrefix = "K" });
        await RefreshPlan.ActionAsync(server, "K1", "safety");
        await RefreshPlan.ActionAsync(server, "K2", "safety");
        return server;
    }

    private static async Task OpenAsync(ActionsServer server, string period) => await server.Plans.CreatePeriodAsync(
        new CreatePeriodRequest { Parent = Plan, PeriodId = period, Period = new Period() }, cancellationToken: Deadline.Token);

    private static async Task ReportAsync(ActionsServer server, string reference, string narrative)
    {
        var name = $"{Plan}/actions/{reference}/updates/2014-10";
        await server.Progress.SaveProgressUpdateAsync(
            new SaveProgressUpdateRequest { ProgressUpdate = new ProgressUpdate { Name = name, Narrative = narrative } }, cancellationToken: Deadline.Token);
        await server.Progress.SubmitProgressUpdateAsync(new SubmitProgressUpdateRequest { Name = name }, cancellationToken: Deadline.Token);
    }

    private static PlanRefresh Of(params RefreshItem[] items) => new() { DisplayName = "As the paper has it", Items = { items } };

    private static PlanRefresh Retiring(string reference) => new()
    {
        DisplayName = "One less",
        Items = { new RefreshItem { RetireAction = new RetireAction { PlanAction = $"{Plan}/actions/{reference}" } } },
    };

    private static async Task<bool> IsRetiredAsync(ActionsServer server, string reference) =>
        (await GetAsync(server, reference)).State == PlanAction.Types.State.Retired;

    private static async Task<PlanAction> GetAsync(ActionsServer server, string reference) => await server.Actions.GetPlanActionAsync(
        new GetPlanActionRequest { Name = $"{Plan}/actions/{reference}" }, cancellationToken: Deadline.Token);
}
