using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Outcome = PlanServices.Actions.V1.Decision.Types.Outcome;
using SectionState = PlanServices.Actions.V1.Section.Types.State;

namespace PlanServices.Actions.Tests.Features.Refreshes;

/// <summary>Enacts the board paper of December 2014 that gave the objective on safety a new framework, in words of our own.</summary>
public class SafetyObjectiveTests
{
    private static readonly (string Id, string Title)[] Framework =
    [
        ("introduction", "Introduction"),
        ("victims", "Supporting victims"),
        ("mash", "Safeguarding hub"),
        ("domestic-abuse", "Domestic abuse"),
        ("child-sexual-exploitation", "Child sexual exploitation"),
        ("hate-crime", "Hate crime"),
        ("restorative-justice", "Restorative justice"),
        ("mental-health", "Mental health"),
        ("young-people", "Young people"),
    ];

    [Fact]
    public async Task RecordDecision_Endorsed_EnactsThePaperAsOneRevision()
    {
        await using var server = await ActionsServer.StartAsync();
        await MakeOldPlanAsync(server);
        var proposed = await ProposeAsync(server);
        var before = await HeadAsync(server);

        var enacted = await RefreshPlan.DecideAsync(server, Outcome.Endorsed);

        Assert.Equal((PlanRefresh.Types.State.Proposed, PlanRefresh.Types.State.Enacted), (proposed.State, enacted.State));
        Assert.Equal((before + 1, before + 1), (enacted.Revision, await HeadAsync(server)));
        var safety = await ThemeAsync(server, "objective-4");
        var crime = await ThemeAsync(server, "objective-3");
        Assert.Equal(Framework.Select(f => f.Id), safety.Sections.Where(s => s.State == SectionState.Active).Select(s => s.Id));
        Assert.Equal(["integrated-offender-management", "reoffending"], crime.Sections.Where(s => s.State == SectionState.Active).Select(s => s.Id).Order());
        Assert.Empty(safety.Outcomes);
        Assert.Equal(
            [("prevention", Pledge.Types.State.Retained), ("youth", Pledge.Types.State.Retained)], safety.Pledges.Select(p => (p.Id, p.State)));

        // Both moves can be followed from either end.
        AssertMoved(safety, "plans/cambridgeshire-2013/themes/objective-3/sections/integrated-offender-management", crime);
        AssertMoved(crime, "plans/cambridgeshire-2013/themes/objective-4/sections/restorative-justice", safety);
        Assert.Equal(
            ["plans/cambridgeshire-2013/themes/objective-4/sections/domestic-abuse"],
            safety.Sections.Single(s => s.Id == "vulnerable").ReplacedBy);
        Assert.Equal(
            ["plans/cambridgeshire-2013/themes/objective-4/sections/vulnerable"], safety.Sections.Single(s => s.Id == "domestic-abuse").Replaces);

        var actions = await server.Actions.ListPlanActionsAsync(
            new ListPlanActionsRequest { Parent = "plans/cambridgeshire-2013" }, cancellationToken: Deadline.Token);
        Assert.Equal(
            [("C1", PlanAction.Types.State.Active), ("K1", PlanAction.Types.State.Retired), ("K2", PlanAction.Types.State.Retired)],
            actions.PlanActions.Select(a => (a.Ref, a.State)));
        var history = await server.Actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = "plans/cambridgeshire-2013/actions/K1" }, cancellationToken: Deadline.Token);
        Assert.Equal(
            (ChangeSource.Types.Kind.Refresh, enacted.Name, "Actions give way to measures of success."),
            (history.Revisions[0].Provenance.Source.Kind, history.Revisions[0].Provenance.Source.Refresh, history.Revisions[0].Provenance.Reason));
    }

    private static void AssertMoved(Theme from, string to, Theme where)
    {
        var id = to[(to.LastIndexOf('/') + 1)..];
        var left = from.Sections.Single(s => s.Id == id);
        var arrived = where.Sections.Single(s => s.Id == id);
        Assert.Equal((SectionState.Moved, to), (left.State, left.MovedTo));
        Assert.Equal((SectionState.Active, $"{from.Name}/sections/{id}"), (arrived.State, arrived.MovedFrom));
    }

    private static async Task MakeOldPlanAsync(ActionsServer server)
    {
        await server.CreatePlanAsync("cambridgeshire-2013");
        await RefreshPlan.ThemeAsync(server, "objective-3", new Theme
        {
            DisplayName = "Reducing crime and disorder",
            RefPrefix = "C",
            Sections = { Section("reoffending"), Section("restorative-justice") },
        });
        await RefreshPlan.ThemeAsync(server, "objective-4", new Theme
        {
            DisplayName = "Keeping people safe",
            RefPrefix = "K",
            Sections = { Section("victims"), Section("vulnerable"), Section("integrated-offender-management"), Section("mental-health") },
            Outcomes = { new V1.Outcome { Id = "fewer-victims", DisplayName = "Fewer victims" }, new V1.Outcome { Id = "satisfaction", DisplayName = "More satisfaction" } },
            Pledges = { new Pledge { Id = "prevention", DisplayName = "Prevention first" }, new Pledge { Id = "youth", DisplayName = "Young people" } },
        });
        foreach (var (reference, theme) in new[] { ("C1", "objective-3"), ("K1", "objective-4"), ("K2", "objective-4") })
            await RefreshPlan.ActionAsync(server, reference, theme);
    }

    private static async Task<PlanRefresh> ProposeAsync(ActionsServer server)
    {
        const string safety = "plans/cambridgeshire-2013/themes/objective-4";
        const string crime = "plans/cambridgeshire-2013/themes/objective-3";
        var refresh = new PlanRefresh
        {
            DisplayName = "Objective 4, December 2014",
            Paper = new Paper
            {
                Reference = "Business Coordination Board, 17 December 2014",
                Title = "Update of Objective 4",
                Date = new Google.Type.Date { Year = 2014, Month = 12, Day = 17 },
            },
            Recommendation = "Note the report and endorse the framework.",
        };
        var kept = new[] { "victims", "mental-health" };
        refresh.Items.Add(new RefreshItem
        {
            MoveSection = new MoveSection { Section = $"{safety}/sections/integrated-offender-management", Theme = crime },
            Reason = "It becomes part of the offender strategy.",
        });
        for (var i = 0; i < Framework.Length; i++)
        {
            var (id, title) = Framework[i];
            refresh.Items.Add(id switch
            {
                "restorative-justice" => new RefreshItem
                {
                    MoveSection = new MoveSection { Section = $"{crime}/sections/{id}", Theme = safety, Position = i + 1 },
                },
                _ when kept.Contains(id) => new RefreshItem
                {
                    ChangeSection = new ChangeSection { Section = $"{safety}/sections/{id}", DisplayName = title, Position = i + 1 },
                },
                _ => new RefreshItem
                {
                    AddSection = new AddSection
                    {
                        Theme = safety,
                        Section = new Section { Id = id, DisplayName = title },
                        Position = i + 1,
                        Replaces = { id == "domestic-abuse" ? [$"{safety}/sections/vulnerable"] : Array.Empty<string>() },
                    },
                },
            });
        }

        refresh.Items.Add(new RefreshItem { RetireSection = new RetireSection { Section = $"{safety}/sections/vulnerable" } });
        foreach (var outcome in new[] { "fewer-victims", "satisfaction" })
            refresh.Items.Add(new RefreshItem { RemoveOutcome = new RemoveOutcome { Theme = safety, Outcome = outcome } });
        foreach (var reference in new[] { "K1", "K2" })
        {
            refresh.Items.Add(new RefreshItem
            {
                RetireAction = new RetireAction { PlanAction = $"plans/cambridgeshire-2013/actions/{reference}" },
                Reason = "Actions give way to measures of success.",
            });
        }

        foreach (var pledge in new[] { "prevention", "youth" })
            refresh.Items.Add(new RefreshItem { RetainPledge = new PledgeChoice { Theme = safety, Pledge = pledge } });
        return await RefreshPlan.ProposeAsync(server, refresh);
    }

    private static Section Section(string id) => new() { Id = id, DisplayName = $"The section {id}" };

    private static async Task<Theme> ThemeAsync(ActionsServer server, string id) => await server.Plans.GetThemeAsync(
        new GetThemeRequest { Name = $"plans/cambridgeshire-2013/themes/{id}" }, cancellationToken: Deadline.Token);

    private static async Task<long> HeadAsync(ActionsServer server) => (await server.Plans.GetPlanAsync(
        new GetPlanRequest { Name = "plans/cambridgeshire-2013" }, cancellationToken: Deadline.Token)).HeadRevision;
}
