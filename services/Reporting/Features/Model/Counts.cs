using PlanServices.Reporting.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Model;

/// <summary>Counts leaves one by one, and takes them back.</summary>
internal sealed class Counts
{
    private readonly int[] _statuses = new int[8];
    private readonly int[] _directions = new int[5];
    private readonly int[] _states = new int[6];

    public int Leaves { get; private set; }

    /// <summary>Counts a leaf.</summary>
    /// <param name="seen">What is seen of its update.</param>
    /// <param name="sign">1 counts it, -1 takes it back.</param>
    public void Add(SeenFact seen, int sign)
    {
        Leaves += sign;
        _statuses[seen.StatusHidden ? 7 : (int)seen.Status] += sign;
        _directions[seen.DirectionHidden ? 4 : (int)seen.Direction] += sign;
        _states[seen.StateHidden ? 5 : (int)seen.State] += sign;
    }

    public static Counts Sum(IEnumerable<Counts> all)
    {
        var sum = new Counts();
        foreach (var counts in all)
        {
            sum.Leaves += counts.Leaves;
            Add(sum._statuses, counts._statuses);
            Add(sum._directions, counts._directions);
            Add(sum._states, counts._states);
        }

        return sum;
    }

    public StatusCounts Statuses() => new()
    {
        Red = _statuses[(int)Status.Red],
        Amber = _statuses[(int)Status.Amber],
        Green = _statuses[(int)Status.Green],
        NotStarted = _statuses[(int)Status.NotStarted],
        Complete = _statuses[(int)Status.Complete],
        NotRated = _statuses[(int)Status.NotRated],
        NotRecorded = _statuses[(int)Status.Unspecified],
        NotShown = _statuses[7],
    };

    public Tally ToTally() => new()
    {
        Leaves = Leaves,
        Statuses = Statuses(),
        Directions = new DirectionCounts
        {
            Improved = _directions[(int)Direction.Improved],
            NoChange = _directions[(int)Direction.NoChange],
            Deteriorated = _directions[(int)Direction.Deteriorated],
            NotRecorded = _directions[(int)Direction.Unspecified],
            NotShown = _directions[4],
        },
        States = new StateCounts
        {
            NoUpdate = _states[(int)State.Unspecified],
            Draft = _states[(int)State.Draft],
            Submitted = _states[(int)State.Submitted],
            Returned = _states[(int)State.Returned],
            Approved = _states[(int)State.Approved],
            NotShown = _states[5],
        },
    };

    private static void Add(int[] target, int[] more)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += more[i];
    }
}
