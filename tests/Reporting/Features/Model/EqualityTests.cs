using Google.Protobuf.Collections;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.Features;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Model;

/// <summary>
/// The model that followed a long history, with restarts, lost connections, duplicates, snapshots and expunges, is the model that is
/// built from nothing, and shows what a plain count over the catalogue shows.
/// </summary>
public sealed class EqualityTests
{
    private static readonly Audience[] Audiences = [Audience.Board, Audience.Panel, Audience.Public];

    private static readonly PartnerDirectory Directory = PartnerDirectory.OutOfReach.With(
        [
            FakeDirectory.Body("police", "County Constabulary"), FakeDirectory.Body("council", "County Council"), FakeDirectory.Body("group", "Victims Group"),
            FakeDirectory.Body("board", "Safety Board"),
            FakeDirectory.Relation("1", "group", Relation.Types.Kind.SubgroupOf, "council"),
            FakeDirectory.Relation("2", "council", Relation.Types.Kind.AccountableTo, "board"),
            FakeDirectory.Relation("3", "police", Relation.Types.Kind.MemberOf, "board"),
            // A ring does no harm.
            FakeDirectory.Relation("4", "board", Relation.Types.Kind.AccountableTo, "council"),
        ],
        reset: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Follow_LongRandomHistory_EqualsRebuiltAndRecounted(int seed)
    {
        var random = new Random(seed);
        var catalogue = new CatalogueHistory(random).Begin();
        await using var followed = await ModelDatabase.CreateAsync();
        await followed.ApplyAsync(catalogue.Snapshot());
        for (var i = 0; i < 250; i++)
        {
            var messages = catalogue.Next();
            switch (random.Next(20))
            {
                case 0:
                    await followed.RestartAsync();
                    break;
                case 1 when messages.Count > 1:
                    // The connection is lost in the middle of a revision, which is then sent again.
                    await followed.ApplyAsync(messages.Take(1));
                    await followed.LoseConnectionAsync();
                    break;
                case 2:
                    await followed.ApplyAsync(catalogue.Snapshot());
                    break;
                case 3:
                    await followed.ApplyAsync(catalogue.Snapshot().Take(2));
                    await followed.LoseConnectionAsync();
                    break;
                case 4:
                    await followed.ApplyAsync(messages);
                    break;
            }

            await followed.ApplyAsync(messages);
            if (random.Next(4) == 0)
                AssertCounted(catalogue, followed);
        }

        AssertCounted(catalogue, followed);
        await using var rebuilt = await ModelDatabase.CreateAsync();
        await rebuilt.ApplyAsync(catalogue.Snapshot());
        AssertCounted(catalogue, rebuilt);
        await AssertSameAsync(followed, rebuilt);
        await AssertRecomputedAsync(followed);

        await followed.RestartAsync();
        AssertCounted(catalogue, followed);
        await AssertSameAsync(followed, rebuilt);

        await followed.ClearAsync();
        await followed.ApplyAsync(catalogue.Snapshot());
        await AssertSameAsync(followed, rebuilt);
    }

    private static async Task AssertSameAsync(ModelDatabase one, ModelDatabase other)
    {
        Assert.Equal(Summaries(one).Select(s => s.ToString()), Summaries(other).Select(s => s.ToString()));
        var (stored, expected) = (await one.StoredAsync(), await other.StoredAsync());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), stored.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, e => Assert.Equal(e.Value, stored[e.Key]));
    }

    // Reports are made of what is read from the database, with figures counted from that.
    private static async Task AssertRecomputedAsync(ModelDatabase model)
    {
        var states = new PlanStates(model.Contexts, new ModelReads(model.Plans, new ModelProgress(), TimeProvider.System));
        var recomputed = new List<StatusSummary>();
        foreach (var period in model.Plans.Find("plans/county")!.Order.Periods)
        {
            var (state, _) = await states.TryReadAsync("county", period.Id, 0, Deadline.Token);
            recomputed.AddRange(Audiences.Select(audience => Reporting.Features.Summaries.Summaries.Of(state!, Directory, audience)));
        }

        Assert.Equal(Summaries(model).Select(s => s.ToString()), recomputed.Select(s => s.ToString()));
    }

    private static List<StatusSummary> Summaries(ModelDatabase model)
    {
        var plan = model.Plans.Find("plans/county")!;
        return [.. from period in plan.Order.Periods
            from audience in Audiences
            select Reporting.Features.Summaries.Summaries.Of(plan, period, audience, Directory)];
    }

    // What the contract says of the figures, counted leaf by leaf and with nothing kept.
    private static void AssertCounted(CatalogueHistory catalogue, ModelDatabase model)
    {
        var summaries = Summaries(model);
        var periods = catalogue.Periods.OrderBy(p => p.Name, StringComparer.Ordinal).ToArray();
        Assert.Equal(periods.Length * Audiences.Length, summaries.Count);
        Assert.All(summaries, (summary, i) =>
        {
            var (period, audience) = (periods[i / Audiences.Length], Audiences[i % Audiences.Length]);
            var leaves = catalogue.Actions.Select(a => new PlainLeaf(a, catalogue.IsPursued(a, period), catalogue.Update(a, period), audience)).Where(l => l.Counts).ToArray();
            Assert.Equal((period.Name + "/summary", audience, catalogue.Revision), (summary.Name, summary.Audience, summary.Revision));
            AssertTally(leaves, summary.Total);
            foreach (var theme in summary.Themes.Where(t => t.Theme.Length > 0))
                AssertTally(leaves.Where(l => l.Action.Theme == theme.Theme), theme.Tally);
            foreach (var lead in summary.Leads)
            {
                AssertTally(leaves.Where(l => lead.Partner.Length > 0 ? l.Partners.Contains(lead.Partner)
                    : lead.DisplayName.Length > 0 ? l.Leads.Any(d => d.Partner.Length == 0 && d.Text == lead.DisplayName)
                    : l.Leads.Count == 0), lead.Tally);
                if (lead.Partner.Length > 0)
                    AssertTally(leaves.Where(l => l.Partners.Any(p => p == lead.Partner || Below(lead.Partner).Contains(p))), lead.RolledUpTally);
            }

            Assert.Equal(leaves.Sum(l => Math.Max(1, l.Leads.DistinctBy(d => d.Partner.Length > 0 ? d.Partner : d.Text).Count())), summary.Leads.Sum(l => l.Tally.Leaves));
            foreach (var parent in summary.Parents)
            {
                var children = leaves.Where(l => l.Action.ParentAction == parent.PlanAction).ToArray();
                Assert.Equal(children.Length, parent.Leaves);
                Assert.Equal(children.Count(c => c.Badness is null), parent.WithoutStatus);
                Assert.Equal(children.Min(c => c.Badness), children.FirstOrDefault(c => c.Action.Ref == parent.WorstRef)?.Badness);
            }

            Assert.Equal(leaves.Select(l => l.Action.ParentAction).Where(p => p.Length > 0).Distinct().Count(), summary.Parents.Count);
        });
    }

    private static string[] Below(string partner) => partner switch
    {
        "partners/council" => ["partners/group", "partners/board"],
        "partners/board" => ["partners/council", "partners/group"],
        _ => [],
    };

    private static void AssertTally(IEnumerable<PlainLeaf> some, Tally tally)
    {
        var leaves = some.ToArray();
        int Statuses(Status status) => leaves.Count(l => !l.StatusHidden && l.Status == status);
        int Directions(Direction direction) => leaves.Count(l => !l.DirectionHidden && l.Direction == direction);
        int States(State state) => leaves.Count(l => !l.Hidden && l.State == state);
        Assert.Equal(
            new Tally
            {
                Leaves = leaves.Length,
                Statuses = new StatusCounts
                {
                    Red = Statuses(Status.Red),
                    Amber = Statuses(Status.Amber),
                    Green = Statuses(Status.Green),
                    NotStarted = Statuses(Status.NotStarted),
                    Complete = Statuses(Status.Complete),
                    NotRated = Statuses(Status.NotRated),
                    NotRecorded = Statuses(Status.Unspecified),
                    NotShown = leaves.Count(l => l.StatusHidden),
                },
                Directions = new DirectionCounts
                {
                    Improved = Directions(Direction.Improved),
                    NoChange = Directions(Direction.NoChange),
                    Deteriorated = Directions(Direction.Deteriorated),
                    NotRecorded = Directions(Direction.Unspecified),
                    NotShown = leaves.Count(l => l.DirectionHidden),
                },
                States = new StateCounts
                {
                    NoUpdate = States(State.Unspecified),
                    Draft = States(State.Draft),
                    Submitted = States(State.Submitted),
                    Returned = States(State.Returned),
                    Approved = States(State.Approved),
                    NotShown = leaves.Count(l => l.Hidden),
                },
            },
            tally);
    }

    private sealed record PlainLeaf(PlanAction Action, bool Pursued, ProgressUpdate? Update, Audience Audience)
    {
        public bool Counts => Pursued || Reported is { Status: not Status.Unspecified } || Update?.State is State.Submitted or State.Returned or State.Approved;

        public RepeatedField<DeliveryLead> Leads => Action.Leaf ? Action.DeliveryLeads : Action.FormerDeliveryLeads;

        public string[] Partners => [.. Leads.Select(l => l.Partner).Where(p => p.Length > 0)];

        public bool Hidden => Audience != Audience.Board && Update is not null && Update.State != State.Approved;

        public bool StatusHidden => Hidden || Withholds("status");

        public bool DirectionHidden => Hidden || Withholds("direction");

        public Status Status => Reported?.Status ?? Status.Unspecified;

        public Direction Direction => Reported?.Direction ?? Direction.Unspecified;

        public State State => Update?.State ?? State.Unspecified;

        public int? Badness => StatusHidden ? null : Array.IndexOf([Status.Red, Status.Amber, Status.NotStarted, Status.Green, Status.Complete], Status) is >= 0 and var i ? i : null;

        private ProgressUpdate? Reported => Update is { CarriedOverFrom.Length: 0 } ? Update : null;

        private bool Withholds(string field) => Audience == Audience.Public && Reported is { } update && update.Withheld.Any(w => w.Field == field);
    }
}
