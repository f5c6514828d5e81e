using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Model;

/// <summary>A period in memory: a fact for each action, and the counts that somebody asked for.</summary>
internal sealed class PeriodModel(int key, string id)
{
    private static readonly Audience[] Audiences = [Audience.Board, Audience.Panel, Audience.Public];

    private readonly PeriodCounters?[] _counters = new PeriodCounters?[4];
    private readonly SummaryAt?[] _summaries = new SummaryAt?[4];
    private Fact[] _facts = [];

    /// <summary>The key of its row.</summary>
    public int Key => key;

    /// <summary>Its id: <c>2018-10</c>.</summary>
    public string Id => id;

    /// <summary>The period; null while it is not there. Where it is locked or reopened, other actions may count: they are counted anew.</summary>
    public Period? Period
    {
        get;
        set
        {
            if (field?.LockRevision != value?.LockRevision)
                Array.Clear(_counters);
            field = value;
        }
    }

    /// <summary>The day whose relations and names count.</summary>
    public DateOnly Day => Period?.AsAtDate is { Year: > 0 and < 10000, Month: > 0 and <= 12, Day: > 0 } date
        && date.Day <= DateTime.DaysInMonth(date.Year, date.Month)
            ? new DateOnly(date.Year, date.Month, date.Day)
            : DateOnly.TryParseExact(id, "yyyy-MM", out var first) ? first.AddMonths(1).AddDays(-1) : default;

    /// <summary>The fact of the action at this place.</summary>
    public Fact this[int place] => place < _facts.Length ? _facts[place] : Fact.None;

    /// <summary>Whether an action counts in this period.</summary>
    public bool Counts(ActionModel action) => action.Groups?.Counts(Period, this[action.Place]) == true;

    /// <summary>Puts a leaf's new fact in the place of its old one, in the counts too.</summary>
    /// <param name="action">The action.</param>
    /// <param name="fact">Its fact in this period.</param>
    public void Set(ActionModel action, Fact fact)
    {
        if (action.Place >= _facts.Length)
            Array.Resize(ref _facts, Math.Max(action.Place + 1, _facts.Length * 2));

        var before = _facts[action.Place];
        if (before == fact)
            return;

        _facts[action.Place] = fact;
        if (action.Groups is { } groups)
            Recount(groups, before, groups, fact);
    }

    /// <summary>Counts an action that became, or ceased to be, a leaf, or is counted under something else.</summary>
    public void Regroup(ActionModel action, LeafGroups? before, LeafGroups? after)
    {
        var fact = this[action.Place];
        Recount(before, fact, after, fact);
    }

    /// <summary>The counts for an audience: made when they are first asked for, or when the directory changed; kept up to date from then on.</summary>
    public PeriodCounters Counters(Audience audience, Governance governance, IEnumerable<ActionModel> actions)
    {
        ref var counters = ref _counters[(int)audience];
        if (counters is null || !ReferenceEquals(counters.Governance, governance))
        {
            counters = new PeriodCounters(audience, governance);
            foreach (var action in actions)
            {
                if (Counts(action))
                    counters.Add(action.Groups!, this[action.Place]);
            }
        }

        return counters;
    }

    /// <summary>The summary that was handed out last; null where there is none. It may be read while another thread writes it.</summary>
    public SummaryAt? Summary(Audience audience) => Volatile.Read(ref _summaries[(int)audience]);

    public void Keep(Audience audience, SummaryAt summary) => Volatile.Write(ref _summaries[(int)audience], summary);

    private void Recount(LeafGroups? before, Fact was, LeafGroups? after, Fact now)
    {
        foreach (var audience in Audiences)
        {
            if (_counters[(int)audience] is not { } counters)
                continue;
            if (before?.Counts(Period, was) == true)
                counters.Remove(before, was);
            if (after?.Counts(Period, now) == true)
                counters.Add(after, now);
        }
    }
}

/// <summary>A summary, and what it was made of. Many are handed the same one: nobody changes it.</summary>
internal sealed record SummaryAt(StatusSummary Summary, long Revision, PartnerDirectory Directory)
{
    private byte[]? _bytes;

    /// <summary>The summary, serialised when it is first sent.</summary>
    public byte[] Bytes => _bytes ??= Summary.ToByteArray();
}
