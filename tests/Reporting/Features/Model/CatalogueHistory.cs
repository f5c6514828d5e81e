using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Kind = PlanServices.Actions.V1.WatchChangesResponse.Types.Kind;
using PeriodState = PlanServices.Actions.V1.Period.Types.State;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Model;

/// <summary>A catalogue of one plan with a long history made up at random: what it holds, and what it tells a watcher.</summary>
internal sealed class CatalogueHistory(Random random)
{
    private const string PlanName = "plans/county";
    private static readonly string[] Themes = ["victims", "offenders", "communities"];
    private static readonly string[] Partners = ["", "", "partners/police", "partners/council", "partners/group"];
    private static readonly string[] Fields = ["status", "direction", "narrative"];

    // What revisions do not tell of: it is from before they did.
    private const string OldPeriod = $"{PlanName}/periods/2018-01";
    private const string OldAction = $"{PlanName}/actions/V1";

    private readonly Dictionary<string, HashSet<string>> _pursuedAtLock = [];

    /// <summary>What is there, by name.</summary>
    public SortedDictionary<string, Change> Resources { get; } = new(StringComparer.Ordinal);

    public long Revision { get; private set; }

    public IEnumerable<Period> Periods => Resources.Values.Where(c => c.Period is not null).Select(c => c.Period);

    public IEnumerable<PlanAction> Actions => Resources.Values.Where(c => c.PlanAction is not null).Select(c => c.PlanAction);

    public ProgressUpdate? Update(PlanAction leaf, Period period) =>
        Resources.GetValueOrDefault($"{leaf.Name}/updates/{period.Name[(period.Name.LastIndexOf('/') + 1)..]}")?.ProgressUpdate;

    /// <summary>Whether an action is pursued in a period: what it was when the period was locked was written down then.</summary>
    public bool IsPursued(PlanAction action, Period period) =>
        action.Name != OldAction && _pursuedAtLock.TryGetValue(period.Name, out var then) ? then.Contains(action.Name) : IsPursued(action);

    /// <summary>Begins with a plan, three themes and two periods.</summary>
    public CatalogueHistory Begin()
    {
        Revision++;
        Put(new Change { Plan = new Plan { Name = PlanName, DisplayName = "County plan", StatusScheme = Messages.Scheme() } });
        foreach (var (theme, i) in Themes.Select((t, i) => (t, i)))
            Put(new Change { Theme = new Theme { Name = $"{PlanName}/themes/{theme}", DisplayName = theme, Position = i + 1 } });
        AddPeriod();
        AddPeriod();
        return this;
    }

    /// <summary>The next revision: one to forty changes, in one message or several.</summary>
    public IReadOnlyList<WatchChangesResponse> Next()
    {
        Revision++;
        var changes = Enumerable.Range(0, random.Next(10) == 0 ? 40 : random.Next(1, 4)).SelectMany(_ => Step()).ToArray();
        if (changes.Length == 0)
            changes = [AddPeriod()];
        foreach (var period in Periods.Where(p => p.LockRevision == Revision))
            _pursuedAtLock[period.Name] = [.. Actions.Where(IsPursued).Select(a => a.Name)];

        var cut = random.Next(changes.Length);
        return cut == 0 ? [Message(changes, true)] : [Message(changes[..cut], false), Message(changes[cut..], true)];
    }

    /// <summary>All that is there, as a watcher without a token is sent it.</summary>
    public IReadOnlyList<WatchChangesResponse> Snapshot()
    {
        var all = Resources.Values.OrderBy(c => c.ResourceCase).Select(c => c.Clone()).ToArray();
        var parts = all.Chunk(7).Select(part => Message(part, false)).ToArray();
        foreach (var part in parts)
            part.Kind = Kind.Snapshot;
        parts[0].Reset = true;
        (parts[^1].Consistent, parts[^1].ResumeToken) = (true, $"after {Revision}");
        return parts;
    }

    private Change[] Step() => random.Next(24) switch
    {
        0 or 8 => [AddAction()],
        1 or 6 => ChangeAction(),
        2 or 7 => Delete(),
        3 => [AddPeriod()],
        9 or 10 => LockOrReopen(),
        4 => [new Change { Expunged = new Expunged { CurrentOccurrences = 1 } }],
        5 => [Put(new Change { Theme = new Theme { Name = $"{PlanName}/themes/{Theme()}", DisplayName = $"Theme {random.Next(9)}", Position = random.Next(1, 9) } })],
        _ => SaveUpdate(),
    };

    private Change AddPeriod()
    {
        var name = $"{PlanName}/periods/2018-{random.Next(1, 13):D2}";
        return Put(Period(name, random.Next(2) == 0));
    }

    private Change[] LockOrReopen() => Any(c => c.Period is not null) is { Period: var period }
        ? [Put(Period(period.Name, period.State == PeriodState.Open))] : [];

    private Change Period(string name, bool locked)
    {
        _pursuedAtLock.Remove(name);
        return new Change
        {
            Period = new Period
            {
                Name = name,
                DisplayName = name[^7..],
                State = locked ? PeriodState.Locked : PeriodState.Open,
                LockRevision = locked && name != OldPeriod ? Revision : 0,
            },
        };
    }

    private Change AddAction()
    {
        var reference = random.Next(3) == 0 ? $"V{random.Next(1, 5)}.{random.Next(1, 4)}" : $"V{random.Next(1, 20)}";
        return Put(new Change { PlanAction = Action(reference) });
    }

    private PlanAction Action(string reference)
    {
        var action = new PlanAction
        {
            Name = $"{PlanName}/actions/{reference}",
            Ref = reference,
            Theme = random.Next(10) == 0 ? "" : $"{PlanName}/themes/{Theme()}",
            Title = $"Title {random.Next(100)}",
            ParentAction = reference.Contains('.', StringComparison.Ordinal) ? $"{PlanName}/actions/{reference[..reference.IndexOf('.', StringComparison.Ordinal)]}" : "",
            Leaf = random.Next(5) > 0,
            State = random.Next(6) == 0 ? PlanAction.Types.State.Retired : PlanAction.Types.State.Active,
        };
        // Sub-actions of one action are in one theme.
        if (action.ParentAction.Length > 0)
            action.Theme = $"{PlanName}/themes/{Themes[reference[1] % Themes.Length]}";
        for (var i = random.Next(4); i > 0; i--)
            (action.Leaf ? action.DeliveryLeads : action.FormerDeliveryLeads).Add(new DeliveryLead { Text = $"Lead {random.Next(3)}", Partner = Partners[random.Next(Partners.Length)] });
        if (action.Name != OldAction)
            TellPursuits(action, Resources.GetValueOrDefault(action.Name)?.PlanAction.Pursuits ?? []);
        return action;
    }

    private static bool IsPursued(PlanAction action) => action is { Leaf: true, State: PlanAction.Types.State.Active };

    private void TellPursuits(PlanAction action, RepeatedField<Pursuit> before)
    {
        action.Pursuits.Add(before.Clone());
        var was = action.Pursuits is [.., { ToRevision: 0 }];
        if (IsPursued(action) && !was)
            action.Pursuits.Add(new Pursuit { FromRevision = Revision });
        else if (!IsPursued(action) && was)
            action.Pursuits[^1].ToRevision = Revision;
    }

    private Change[] ChangeAction() => Any(c => c.PlanAction is not null) is { } known ? [Put(new Change { PlanAction = Action(known.PlanAction.Ref) })] : [];

    private Change[] SaveUpdate()
    {
        if (Any(c => c.PlanAction is not null) is not { } action || Any(c => c.Period is not null) is not { } period)
            return [AddAction()];

        var update = new ProgressUpdate
        {
            Name = $"{action.PlanAction.Name}/updates/{period.Period.Name[^7..]}",
            Status = (Status)random.Next(7),
            Direction = (Direction)random.Next(4),
            State = (State)random.Next(1, 5),
            Narrative = $"Text {random.Next(1000)}",
            CarriedOverFrom = random.Next(8) == 0 ? $"{PlanName}/periods/2017-12" : "",
        };
        if (random.Next(4) == 0)
            update.Withheld.Add(new WithheldField { Field = Fields[random.Next(Fields.Length)], Reason = "Live case." });
        return [Put(new Change { ProgressUpdate = update })];
    }

    private Change[] Delete()
    {
        if (Any(c => c.Plan is null) is not { } gone)
            return [];

        var name = Name(gone);
        Resources.Remove(name);
        _pursuedAtLock.Remove(name);
        foreach (var then in _pursuedAtLock.Values)
            then.Remove(name);
        return [new Change { Deleted = name }];
    }

    private Change? Any(Func<Change, bool> which) => Resources.Values.Where(which).ToArray() is { Length: > 0 } some ? some[random.Next(some.Length)] : null;

    private string Theme() => Themes[random.Next(Themes.Length)];

    private Change Put(Change change) => Resources[Name(change)] = change;

    private static string Name(Change c) =>
        c.Plan?.Name ?? c.Theme?.Name ?? c.Period?.Name ?? c.PlanAction?.Name ?? c.ProgressUpdate.Name;

    private WatchChangesResponse Message(IEnumerable<Change> changes, bool consistent)
    {
        var message = new WatchChangesResponse
        {
            Kind = Kind.Changes,
            Plan = PlanName,
            Revision = Revision,
            Changes = { changes.Select(c => c.Clone()) },
            Consistent = consistent,
            ResumeToken = consistent ? $"after {Revision}" : "",
        };
        foreach (var change in message.Changes)
            (change.Revision, change.ChangeTime) = (Revision, Timestamp.FromDateTime(Messages.Start.AddMinutes(Revision)));
        return message;
    }
}
