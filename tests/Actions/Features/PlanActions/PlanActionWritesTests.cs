using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.PlanActions;

public class PlanActionWritesTests
{
    [Fact]
    public async Task CreatePlanAction_SubAction_TakesReportingFromItsParent()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var made = await CreateAsync(server, "V1.1", a =>
        {
            a.ParentAction = "plans/fenland/actions/V1";
            a.DeliveryLeads.Add(new DeliveryLead { Text = "Constabulary", Partner = "partners/constabulary" });
        });
        var parent = await GetAsync(server, "V1");

        Assert.Equal(("plans/fenland/themes/victims", true, "plans/fenland/actions/V1"), (made.Theme, made.Leaf, made.ParentAction));
        Assert.False(parent.Leaf);
        Assert.Empty(parent.OpccLeads);
        Assert.Empty(parent.DeliveryLeads);
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NO_LEAF", () => server.SaveAsync("V1", u => u.Narrative = "Text."));
        await server.SaveAsync("V1.1", u => u.Narrative = "Text.");
    }

    [Theory]
    [InlineData("v1", "", "plan_action_id")]
    [InlineData("", "", "plan_action_id")]
    [InlineData("V01", "", "plan_action_id")]
    [InlineData("ABCDE1", "", "plan_action_id")]
    [InlineData("V3", "plans/fenland/actions/V1", "plan_action.parent_action")]
    [InlineData("V2.1", "plans/fenland/actions/V1", "plan_action.parent_action")]
    [InlineData("V2.1", "", "plan_action.parent_action")]
    [InlineData("V9.1", "plans/fenland/actions/V9", "plan_action.parent_action")]
    public async Task CreatePlanAction_RefThatCannotBe_NamesField(string reference, string parent, string field)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await ApiAssert.InvalidFieldAsync(field, () => CreateAsync(server, reference, a => a.ParentAction = parent));
    }

    [Fact]
    public async Task CreatePlanAction_RefTaken_AlreadyExists()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await ApiAssert.FailsAsync(StatusCode.AlreadyExists, "ERROR_REASON_ALREADY_EXISTS", () => CreateAsync(server, "V1"));
    }

    [Fact]
    public async Task CreatePlanAction_DirectoryOutOfReach_LeadKeepsItsText()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var made = await CreateAsync(server, "V3", a => a.DeliveryLeads.Add(new DeliveryLead { Text = "Constabulary" }));

        Assert.Equal([("Constabulary", "")], made.DeliveryLeads.Select(l => (l.Text, l.Partner)));
    }

    [Fact]
    public async Task UpdatePlanAction_OtherTheme_MovesItsSubActionsToo()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await CreateAsync(server, "V1.1", a => a.ParentAction = "plans/fenland/actions/V1");

        await UpdateAsync(server, "V1", a => a.Theme = "plans/fenland/themes/transformation", "theme");

        var listed = await server.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.Equal(["V2", "T1", "V1", "V1.1"], listed.PlanActions.Select(a => a.Ref));
        Assert.Equal("plans/fenland/themes/transformation", listed.PlanActions[3].Theme);
    }

    [Fact]
    public async Task UpdatePlanAction_Changed_StandsInItsHistory()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await UpdateAsync(server, "V1", a => a.Title = "Answer every call", "title");
        var history = await server.Actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = "plans/fenland/actions/V1" }, cancellationToken: Deadline.Token);

        Assert.Equal(2, history.Revisions.Count);
        Assert.Equal(
            [("title", "Answer calls sooner", "Answer every call")], history.Revisions[0].Changes.Select(c => (c.Field, c.Before, c.After)));
        var source = history.Revisions[1].Provenance.Source;
        Assert.Equal((ChangeSource.Types.Kind.Spreadsheet, "grid.csv", 2), (source.Kind, source.File, source.Row));
        Assert.Contains(history.Revisions[1].Changes, c => (c.Field, c.After) == ("opcc_leads", """[ "NP" ]"""));
    }

    [Fact]
    public async Task ListPlanActionRevisions_InPages_EachOnceWithItsChanges()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        for (var i = 1; i <= 4; i++)
            await UpdateAsync(server, "V1", a => a.Title = $"Title {i}", "title");

        List<string> seen = [];
        var request = new ListPlanActionRevisionsRequest { Name = "plans/fenland/actions/V1", PageSize = 2 };
        do
        {
            var page = await server.Actions.ListPlanActionRevisionsAsync(request, cancellationToken: Deadline.Token);
            seen.AddRange(page.Revisions.Select(r => r.Changes.Single(c => c.Field == "title").Before));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["Title 3", "Title 2", "Title 1", "Answer calls sooner", ""], seen);
        await ApiAssert.NotFoundAsync(async () => await server.Actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = "plans/fenland/actions/V9" }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task RetirePlanAction_WithPursuedSubActions_NamesThem()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await CreateAsync(server, "V1.1", a => a.ParentAction = "plans/fenland/actions/V1");

        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => RetireAsync(server, "V1"));
        await RetireAsync(server, "V1.1");
        var retired = await RetireAsync(server, "V1");

        Assert.Equal(PlanAction.Types.State.Retired, retired.State);
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => UpdateAsync(server, "V1", a => a.Title = "New", "title"));
    }

    [Fact]
    public async Task RetirePlanAction_LastSubAction_ItsParentReportsItselfAgain()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await CreateAsync(server, "V1.1", a => a.ParentAction = "plans/fenland/actions/V1");
        await CreateAsync(server, "V1.2", a => a.ParentAction = "plans/fenland/actions/V1");

        await RetireAsync(server, "V1.1");
        Assert.False((await GetAsync(server, "V1")).Leaf);
        await RetireAsync(server, "V1.2");

        Assert.True((await GetAsync(server, "V1")).Leaf);
        Assert.Equal("Back again.", (await server.SaveAsync("V1", u => u.Narrative = "Back again.")).Narrative);
        var owed = await server.Progress.ListOwedUpdatesAsync(
            new ListOwedUpdatesRequest { Parent = "plans/fenland/periods/2018-10" }, cancellationToken: Deadline.Token);
        Assert.Equal(["V1", "V2", "T1"], owed.OwedUpdates.Select(o => o.PlanAction.Ref));
    }

    [Fact]
    public async Task RestorePlanAction_Retired_IsPursuedAgainAndSaysWhy()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var retired = await RetireAsync(server, "V1");
        var request = new RestorePlanActionRequest { Name = retired.Name, Reason = "It was retired by mistake.", Etag = retired.Etag };

        var tried = await server.Actions.RestorePlanActionAsync(new RestorePlanActionRequest(request) { ValidateOnly = true }, cancellationToken: Deadline.Token);
        Assert.Equal(PlanAction.Types.State.Retired, (await GetAsync(server, "V1")).State);
        var restored = await server.Actions.RestorePlanActionAsync(request, cancellationToken: Deadline.Token);

        tried.UpdateTime = restored.UpdateTime;
        Assert.Equal(tried, restored);
        Assert.Equal((PlanAction.Types.State.Active, true), (restored.State, restored.Leaf));
        await server.SaveAsync("V1", u => u.Narrative = "It goes on.");
        var history = await server.Actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = retired.Name }, cancellationToken: Deadline.Token);
        Assert.Equal("It was retired by mistake.", history.Revisions[0].Provenance.Reason);
        await ApiAssert.FailsAsync(StatusCode.Aborted, "ERROR_REASON_STALE_ETAG", () => RestoreAsync(server, "V1", r => r.Etag = retired.Etag));
        await ApiAssert.InvalidFieldAsync("reason", () => RestoreAsync(server, "V1", r => r.Reason = ""));
        var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => RestoreAsync(server, "V1"));
        Assert.Equal("STATE_RETIRED", info.Metadata["allowed_states"]);
    }

    [Fact]
    public async Task RestorePlanAction_SubAction_DividesItsParentUnlessThatIsRetired()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await CreateAsync(server, "V1.1", a => a.ParentAction = "plans/fenland/actions/V1");
        await RetireAsync(server, "V1.1");
        await UpdateAsync(server, "V1", a => a.OpccLeads.Add("NP"), "opcc_leads");
        await RetireAsync(server, "V1");

        var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => RestoreAsync(server, "V1.1"));
        Assert.Equal("plans/fenland/actions/V1", info.Metadata["resource"]);
        await RestoreAsync(server, "V1");
        await RestoreAsync(server, "V1.1");

        var parent = await GetAsync(server, "V1");
        Assert.Equal((false, 0), (parent.Leaf, parent.OpccLeads.Count));
        Assert.True((await GetAsync(server, "V1.1")).Leaf);
    }

    [Fact]
    public async Task BatchGetPlanActions_AllThere_InTheOrderAskedFor()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var request = new BatchGetPlanActionsRequest
        {
            Parent = "plans/fenland",
            Names = { "plans/fenland/actions/T1", "plans/fenland/actions/V1", "plans/fenland/actions/T1" },
        };

        var got = await server.Actions.BatchGetPlanActionsAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal(["T1", "V1", "T1"], got.PlanActions.Select(a => a.Ref));
        request.Names.Add("plans/fenland/actions/V9");
        await ApiAssert.NotFoundAsync(async () => await server.Actions.BatchGetPlanActionsAsync(request, cancellationToken: Deadline.Token));
        request.Names[3] = "plans/other/actions/V1";
        await ApiAssert.InvalidFieldAsync("names[3]", async () => await server.Actions.BatchGetPlanActionsAsync(request, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task Themes_MadeAndMoved_OrderTheActions()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var made = await server.Plans.CreateThemeAsync(
            new CreateThemeRequest { Parent = "plans/fenland", ThemeId = "communities", Theme = new Theme { DisplayName = "Communities", RefPrefix = "C" } },
            cancellationToken: Deadline.Token);
        await CreateAsync(server, "C1", a => a.Theme = made.Name);
        await ApiAssert.InvalidFieldAsync("theme.position", () => MoveAsync(made.Name, 1));
        await MoveAsync("plans/fenland/themes/victims", 9);

        var listed = await server.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.Equal(3, made.Position);
        Assert.Equal(["T1", "C1", "V1", "V2"], listed.PlanActions.Select(a => a.Ref));

        async Task MoveAsync(string name, int position) => await server.Plans.UpdateThemeAsync(
            new UpdateThemeRequest { Theme = new Theme { Name = name, Position = position }, UpdateMask = FieldMask.FromString("position") },
            cancellationToken: Deadline.Token);
    }

    private static async Task<PlanAction> CreateAsync(ActionsServer server, string reference, Action<PlanAction>? write = null)
    {
        var action = new PlanAction { Title = "Do it" };
        write?.Invoke(action);
        if (action.Theme.Length == 0 && action.ParentAction.Length == 0)
            action.Theme = "plans/fenland/themes/victims";
        return await server.Actions.CreatePlanActionAsync(
            new CreatePlanActionRequest { Parent = "plans/fenland", PlanActionId = reference, PlanAction = action }, cancellationToken: Deadline.Token);
    }

    private static async Task<PlanAction> UpdateAsync(ActionsServer server, string reference, Action<PlanAction> write, string mask)
    {
        var action = new PlanAction { Name = $"plans/fenland/actions/{reference}" };
        write(action);
        return await server.Actions.UpdatePlanActionAsync(
            new UpdatePlanActionRequest { PlanAction = action, UpdateMask = FieldMask.FromString(mask) }, cancellationToken: Deadline.Token);
    }

    private static async Task<PlanAction> RetireAsync(ActionsServer server, string reference) => await server.Actions.RetirePlanActionAsync(
        new RetirePlanActionRequest { Name = $"plans/fenland/actions/{reference}", Reason = "It is done." }, cancellationToken: Deadline.Token);

    private static async Task<PlanAction> RestoreAsync(ActionsServer server, string reference, Action<RestorePlanActionRequest>? change = null)
    {
        var request = new RestorePlanActionRequest { Name = $"plans/fenland/actions/{reference}", Reason = "A mistake." };
        change?.Invoke(request);
        return await server.Actions.RestorePlanActionAsync(request, cancellationToken: Deadline.Token);
    }

    private static async Task<PlanAction> GetAsync(ActionsServer server, string reference) => await server.Actions.GetPlanActionAsync(
        new GetPlanActionRequest { Name = $"plans/fenland/actions/{reference}" }, cancellationToken: Deadline.Token);
}
