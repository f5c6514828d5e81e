using PlanServices.Actions.V1;
using PlanServices.Dashboard.Features.Grid;
using Xunit;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Dashboard.Tests.Features.Grid;

/// <summary>What the grid shows of its rows, and how the address says so.</summary>
public class GridFilterTests
{
    private static readonly GridModel Model = Make();

    [Theory]
    [InlineData("", "V1 V2 O1")]
    [InlineData("theme=victims", "V1 V2")]
    [InlineData("status=red", "V2")]
    [InlineData("status=not-recorded", "O1")]
    [InlineData("lead=constabulary", "V1")]
    [InlineData("lead=NP", "O1")]
    [InlineData("direction=improved", "V1")]
    [InlineData("q=knife%20crime", "V2")]
    [InlineData("q=KNIFE%20nothing", "")]
    [InlineData("new=1", "V2")]
    [InlineData("sort=status", "V2 V1 O1")]
    [InlineData("sort=status&desc=1", "O1 V1 V2")]
    public void Apply_Query_ShowsItsRows(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', GridFilter.Parse(query).Apply(Model.Rows).Select(r => r.Action.Ref)));

    [Fact]
    public void Arguments_ParsedAgain_AreTheSame()
    {
        var filter = new GridFilter("victims", "A & B", "red", "improved", "knife crime", OnlyNew: true, Sort: "lead", Descending: true);

        var query = string.Join('&', filter.Arguments().Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value ?? "")}"));

        Assert.Equal(filter, GridFilter.Parse(query));
    }

    [Fact]
    public void SortedBy_ThreeTimes_IsThePlansOrderAgain()
    {
        var once = new GridFilter().SortedBy("status");

        Assert.Equal(("status", false), (once.Sort, once.Descending));
        Assert.Equal(("status", true), (once.SortedBy("status").Sort, once.SortedBy("status").Descending));
        Assert.Equal(new GridFilter(), once.SortedBy("status").SortedBy("status"));
    }

    [Fact]
    public void Make_CarriedOverText_IsNotNew()
    {
        var update = new ProgressUpdate { Narrative = "As before, but carried", CarriedOverFrom = "plans/p/periods/2018-07" };
        var model = GridReader.Make(null, [], [new PlanAction { Name = "plans/p/actions/V1", Ref = "V1", Leaf = true, State = PlanAction.Types.State.Active }], new() { ["plans/p/actions/V1"] = update }, [], hasBefore: true, new Dictionary<string, string>());

        Assert.False(model.Rows[0].IsNew);
    }

    [Fact]
    public void Make_LockedPeriod_HasTheActionsOfThen()
    {
        var (old, added, divided) = (Leaf("V1", "", "Old", "Council"), Leaf("V2", "", "Added", "Council"), Leaf("V3", "", "Divided", ""));
        (old.State, divided.Leaf) = (PlanAction.Types.State.Retired, false);
        divided.FormerDeliveryLeads.Add(new DeliveryLead { Text = "Board" });
        old.Pursuits.Add(new Pursuit { FromRevision = 1, ToRevision = 6 });
        added.Pursuits.Add(new Pursuit { FromRevision = 6 });
        divided.Pursuits.Add(new Pursuit { FromRevision = 1, ToRevision = 7 });

        GridModel In(Period period) => GridReader.Make(period, [], [old, added, divided], [], [], hasBefore: false, new Dictionary<string, string>());

        Assert.Equal([("V1", "Council"), ("V3", "Board")], In(new Period { LockRevision = 5 }).Rows.Select(r => (r.Action.Ref, r.Leads)));
        Assert.Equal(["V2"], In(new Period()).Rows.Select(r => r.Action.Ref));
    }

    [Fact]
    public void Make_LeadThatWasReplaced_NamesWhoIsInItsPlace()
    {
        var leaf = Leaf("V1", "", "Spot the risk", "Clinical Group");
        leaf.DeliveryLeads[0].Successors.AddRange(["partners/care-board", "partners/unknown"]);

        var model = GridReader.Make(null, [], [leaf], [], [], hasBefore: false, new Dictionary<string, string> { ["partners/care-board"] = "Care Board" });

        Assert.Equal("Clinical Group (now Care Board, unknown)", model.Rows[0].Leads);
    }

    private static GridModel Make() => GridReader.Make(
        null,
        [new Theme { Name = "plans/p/themes/victims", DisplayName = "Victims" }],
        [
            Leaf("V1", "plans/p/themes/victims", "Spot the risk", "Constabulary"),
            Leaf("V2", "plans/p/themes/victims", "Act on knife", "Council"),
            Leaf("O1", "", "Offenders", "", "NP"),
        ],
        new()
        {
            ["plans/p/actions/V1"] = new ProgressUpdate { Status = Status.Green, Narrative = "Same", Direction = ProgressUpdate.Types.Direction.Improved },
            ["plans/p/actions/V2"] = new ProgressUpdate { Status = Status.Red, Narrative = "Less crime now" },
        },
        new()
        {
            ["plans/p/actions/V1"] = new ProgressUpdate { Status = Status.Green, Narrative = "Same" },
            ["plans/p/actions/V2"] = new ProgressUpdate { Status = Status.Green, Narrative = "Less crime now" },
        },
        hasBefore: true,
        new Dictionary<string, string>());

    private static PlanAction Leaf(string reference, string theme, string title, string lead, params string[] officers)
    {
        var action = new PlanAction { Name = $"plans/p/actions/{reference}", Ref = reference, Theme = theme, Title = title, Leaf = true, State = PlanAction.Types.State.Active };
        if (lead.Length > 0)
            action.DeliveryLeads.Add(new DeliveryLead { Text = lead });

        action.OpccLeads.AddRange(officers);
        return action;
    }
}
