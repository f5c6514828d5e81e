using PlanServices.Actions.V1;
using Code = PlanServices.Actions.V1.ProgressWarning.Types.Code;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.ServiceDefaults.Progress;

/// <summary>What an update is held against: the leaf's report before it, and what it points to.</summary>
/// <param name="Before">The status and narrative that the leaf last reported; null where this is its first report.</param>
/// <param name="HasDeliveryLead">Whether somebody delivers the leaf.</param>
/// <param name="Exists">Whether the plan has the action of this name.</param>
public sealed record ProgressContext(LastReport? Before, bool HasDeliveryLead, Func<string, bool> Exists);

/// <summary>What a leaf last reported.</summary>
public sealed record LastReport(Status Status, string Narrative);

/// <summary>
/// What in an update does not fit together. These are the complaints that readers of progress grids have: a red without a reason, a
/// status that contradicts its direction, last quarter's text once more.
/// </summary>
public static class ProgressRules
{
    /// <summary>What does not fit together in an update.</summary>
    public static IEnumerable<ProgressWarning> Check(ProgressUpdate update, ProgressContext context)
    {
        if (update.Status is Status.Red or Status.Amber && update.StatusReason.Length == 0)
            yield return New(Code.StatusWithoutReason, "status_reason", $"It is {Word(update.Status)} and does not say why.");
        if (update.Status == Status.NotRated && update.StatusReason.Length == 0)
            yield return New(Code.NotRatedWithoutReason, "status_reason", "It is not rated and does not say why.");

        if (context.Before is { } before)
        {
            if (Worse(before.Status, update.Status) && update.Direction == Direction.Improved)
                yield return New(Code.WorseButImproved, "direction", $"It went from {Word(before.Status)} to {Word(update.Status)}, and its direction says improved.");
            if (Worse(update.Status, before.Status) && update.Direction == Direction.Deteriorated)
                yield return New(Code.BetterButDeteriorated, "direction", $"It went from {Word(before.Status)} to {Word(update.Status)}, and its direction says deteriorated.");
            if (Same(before.Narrative, update.Narrative))
                yield return New(Code.NarrativeUnchanged, "narrative", "The narrative is that of the report before.");
        }

        if (!context.HasDeliveryLead)
            yield return New(Code.NoDeliveryLead, "", "The action has no delivery lead.");
        foreach (var reference in update.CrossReferences.Where(r => !context.Exists(r)))
            yield return New(Code.CrossReferenceToNothing, "cross_references", $"It points to {reference}, which is not there.");
        foreach (var link in update.EvidenceLinks.Where(l => !IsWebAddress(l)))
            yield return New(Code.MalformedLink, "evidence_links", $"'{link}' is no web address.");
    }

    /// <summary>
    /// True where a leaf has still to report for a period: nothing was sent in, and it was not complete before, after which nothing more is
    /// reported. What was returned is owed all the same.
    /// </summary>
    /// <param name="state">The state of its update for the period; unspecified where there is none.</param>
    /// <param name="complete">Whether its last report of an earlier period, sent in or approved, says that it is complete.</param>
    public static bool Owes(State state, bool complete) => state == State.Returned || (state is State.Unspecified or State.Draft && !complete);

    /// <summary>True where delivery went down. Only red, amber, green and complete can be compared.</summary>
    public static bool Worse(Status before, Status now) => Rank(before) is { } was && Rank(now) is { } isNow && isNow < was;

    /// <summary>A link is checked for its form; nothing is fetched.</summary>
    public static bool IsWebAddress(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && (uri.Host.Contains('.', StringComparison.Ordinal) || uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        && !link.Any(char.IsWhiteSpace);

    private static int? Rank(Status status) => status switch
    {
        Status.Red => 1,
        Status.Amber => 2,
        Status.Green => 3,
        Status.Complete => 4,
        _ => null,
    };

    // White space and case are no news.
    private static bool Same(ReadOnlySpan<char> before, ReadOnlySpan<char> now)
    {
        var any = false;
        while (true)
        {
            before = before.TrimStart();
            now = now.TrimStart();
            var wordBefore = Word(before);
            var wordNow = Word(now);
            if (!wordBefore.Equals(wordNow, StringComparison.OrdinalIgnoreCase))
                return false;
            if (wordNow.IsEmpty)
                return any;

            any = true;
            before = before[wordBefore.Length..];
            now = now[wordNow.Length..];
        }

        static ReadOnlySpan<char> Word(ReadOnlySpan<char> text)
        {
            var length = 0;
            while (length < text.Length && !char.IsWhiteSpace(text[length]))
                length++;

            return text[..length];
        }
    }

    private static string Word(Status status) => status switch
    {
        Status.Red => "red",
        Status.Amber => "amber",
        Status.Green => "green",
        _ => "complete",
    };

    private static ProgressWarning New(Code code, string field, string message) => new() { Code = code, Field = field, Message = message };
}
