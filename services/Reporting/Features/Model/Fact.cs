using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Progress;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Model;

/// <summary>What figures need of a leaf's update, in two bytes: there are a million of them in memory.</summary>
internal readonly record struct Fact(ushort Bits)
{
    private const int DirectionShift = 3;
    private const int StateShift = 5;
    private const int StatusWithheldBit = 1 << 8;
    private const int DirectionWithheldBit = 1 << 9;

    /// <summary>The leaf has no update.</summary>
    public static readonly Fact None;

    public bool IsThere => State != State.Unspecified;

    /// <summary>Something was reported: more than a draft that was only carried over.</summary>
    public bool IsReport => LeafRules.IsReport(State, Status);

    public Status Status => (Status)(Bits & 7);

    public Direction Direction => (Direction)((Bits >> DirectionShift) & 3);

    public State State => (State)((Bits >> StateShift) & 7);

    public bool StatusWithheld => (Bits & StatusWithheldBit) != 0;

    public bool DirectionWithheld => (Bits & DirectionWithheldBit) != 0;

    /// <summary>
    /// The fact of an update. A text that was only carried over is a draft for its lead, and no report: of it there is no more than
    /// that. A value of a later contract is none that can be counted.
    /// </summary>
    public static Fact Of(ProgressUpdate update)
    {
        var state = Enum.IsDefined(update.State) && update.State != State.Unspecified ? update.State : State.Draft;
        var bits = (int)state << StateShift;
        if (update.CarriedOverFrom.Length > 0)
            return new Fact((ushort)bits);

        if (Enum.IsDefined(update.Status))
            bits |= (int)update.Status;
        if (Enum.IsDefined(update.Direction))
            bits |= (int)update.Direction << DirectionShift;
        foreach (var withheld in update.Withheld)
        {
            bits |= withheld.Field switch
            {
                "status" => StatusWithheldBit,
                "direction" => DirectionWithheldBit,
                _ => 0,
            };
        }

        return new Fact((ushort)bits);
    }

    /// <summary>What an audience sees of it.</summary>
    public SeenFact SeenBy(Audience audience)
    {
        if (audience is Audience.Board or Audience.Unspecified || !IsThere)
            return new SeenFact(Status, Direction, State, false, false, false);
        if (State != State.Approved)
            return new SeenFact(Status.Unspecified, Direction.Unspecified, State.Unspecified, true, true, true);

        var (noStatus, noDirection) = audience == Audience.Public ? (StatusWithheld, DirectionWithheld) : (false, false);
        return new SeenFact(
            noStatus ? Status.Unspecified : Status, noDirection ? Direction.Unspecified : Direction, State, noStatus, noDirection, false);
    }
}

/// <summary>What an audience sees of a fact; what it does not see is unspecified, and hidden.</summary>
internal readonly record struct SeenFact(
    Status Status, Direction Direction, State State, bool StatusHidden, bool DirectionHidden, bool StateHidden);
