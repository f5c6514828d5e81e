using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Progress;
using Code = PlanServices.Reporting.V1.AttentionReason.Types.Code;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Attention;

/// <summary>
/// Why somebody has to look at a leaf, and how urgent that is: each reason has a weight, and a leaf's score is their sum. The weights are
/// in the contract, at <c>AttentionReason.Code</c>.
/// </summary>
internal static class AttentionRules
{
    /// <summary>The reasons, heaviest first; none where nobody has to look.</summary>
    /// <param name="update">The leaf's update; null where there is none.</param>
    /// <param name="redPeriods">How many reports in a row are red.</param>
    /// <param name="daysLate">How many days the due date is past.</param>
    /// <param name="warnings">What in the update does not fit together.</param>
    /// <param name="locked">Whether the period is locked.</param>
    /// <param name="complete">Whether it was complete before, so that nothing more is reported.</param>
    public static IReadOnlyList<AttentionReason> Of(
        ProgressUpdate? update, int redPeriods, int daysLate, IReadOnlyList<ProgressWarning> warnings, bool locked, bool complete = false)
    {
        var (owes, wrong) = (Owes(update, complete), warnings.Count(w => w.Code != ProgressWarning.Types.Code.NarrativeUnchanged));
        List<AttentionReason> reasons = [];
        if (update?.Status == Status.Red)
            reasons.Add(New(Code.Red, 100, "It is red."));
        if (update?.Status == Status.Red && redPeriods >= 2)
            reasons.Add(New(Code.LongRed, 40 + (10 * Math.Min(4, redPeriods - 2)), $"It has been red for {redPeriods} periods."));
        if (update?.Direction == Direction.Deteriorated)
            reasons.Add(New(Code.Deteriorated, 50, "Its lead says that it deteriorated."));
        if (daysLate > 0 && owes)
            reasons.Add(New(Code.Overdue, 60 + Math.Min(30, daysLate), $"Its update is {daysLate} {(daysLate == 1 ? "day" : "days")} late."));
        if (update?.State == State.Returned)
            reasons.Add(New(Code.Returned, 45, "Its update was sent back, and has not been sent in again."));
        if (update?.Status is null or Status.Unspecified && (update?.State is State.Submitted or State.Approved || (owes && locked && daysLate == 0)))
            reasons.Add(New(Code.NotRecorded, 30, "It has no status."));
        if (wrong > 0)
            reasons.Add(New(Code.Inconsistent, 20 + (5 * Math.Min(4, wrong - 1)), wrong == 1 ? "Something in it does not fit together." : $"{wrong} things in it do not fit together."));
        if (wrong < warnings.Count && CallsForWords(update))
            reasons.Add(New(Code.NarrativeUnchanged, 10, "It says what the report before said."));

        return [.. reasons.OrderByDescending(r => r.Weight)];
    }

    /// <summary>True where an update has still to be sent in.</summary>
    public static bool Owes(ProgressUpdate? update, bool complete) => ProgressRules.Owes(update?.State ?? State.Unspecified, complete);

    // Last quarter's words are what an action on its way has to say. They are no answer where it is off it, or where its lead says that
    // something changed.
    private static bool CallsForWords(ProgressUpdate? update) =>
        update?.Status is Status.Red or Status.Amber || update?.Direction is Direction.Improved or Direction.Deteriorated;

    private static AttentionReason New(Code code, int weight, string message) => new() { Code = code, Weight = weight, Message = message };
}
