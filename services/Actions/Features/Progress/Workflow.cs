using PlanServices.Actions.V1;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Features.Progress;

/// <summary>What can be done to a progress update.</summary>
internal enum Move
{
    Save,
    Submit,
    Return,
    Approve,
}

/// <summary>
/// The workflow of an update: a lead saves and submits it, the governance body returns or approves it. An update that is not there
/// yet is in the unspecified state.
/// </summary>
internal static class Workflow
{
    /// <summary>The states from which a move is legal.</summary>
    public static IReadOnlyList<State> AllowedFrom(Move move) => move switch
    {
        Move.Save => [State.Unspecified, State.Draft, State.Returned],
        Move.Submit => [State.Draft, State.Returned],
        Move.Return => [State.Submitted, State.Approved],
        Move.Approve => [State.Submitted],
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "It is no move."),
    };

    /// <summary>The state after a move; null where the move is not legal.</summary>
    public static State? Next(State from, Move move) => !AllowedFrom(move).Contains(from) ? null : move switch
    {
        // A returned update stays so, with its reason, until it is submitted again.
        Move.Save => from == State.Returned ? State.Returned : State.Draft,
        Move.Submit => State.Submitted,
        Move.Return => State.Returned,
        _ => State.Approved,
    };

    /// <summary>The state after a move; FAILED_PRECONDITION says the way on, and which states would have allowed it.</summary>
    public static State Require(string name, State from, Move move)
    {
        if (Next(from, move) is { } next)
            return next;

        var allowed = AllowedFrom(move).Where(s => s != State.Unspecified);
        throw StateErrors.NotAllowed(name, $"{name} is {Word(from)}{WayOn(from, move)}.", NameOf(from), string.Join(',', allowed.Select(NameOf)));
    }

    private static string WayOn(State from, Move move) => (from, move) switch
    {
        (State.Submitted, Move.Submit) or (State.Returned, Move.Return) or (State.Approved, Move.Approve) => " already",
        (_, Move.Save) => "; it has to be returned before it can be changed",
        (_, Move.Submit) => "; it has to be returned before it can be submitted again",
        (_, Move.Return) => "; it has to be submitted before it can be returned",
        _ => "; it has to be submitted before it can be approved",
    };

    private static string Word(State state) => state switch
    {
        State.Draft => "a draft",
        State.Submitted => "submitted",
        State.Returned => "returned",
        _ => "approved",
    };

    private static string NameOf(State state) =>
        ProgressUpdateReflection.Descriptor.MessageTypes.First(m => m.Name == nameof(ProgressUpdate))
            .EnumTypes.First(e => e.Name == nameof(State)).FindValueByNumber((int)state).Name;
}
