using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using Kind = PlanServices.Actions.V1.ChangeSource.Types.Kind;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Tells whether an update is more than what imports wrote or a period's opening carried over: whether somebody has worked on it. The
/// change log knows.
/// </summary>
internal static class WrittenByOthers
{
    /// <summary>Those of a plan's resources on which somebody has worked since they were imported.</summary>
    public static async Task<HashSet<string>> FindAsync(
        ActionsContext db, int planId, IReadOnlyList<string> resources, CancellationToken cancellationToken)
    {
        if (resources.Count == 0)
            return [];

        var entries = await db.Changes.AsNoTracking()
            .Where(c => c.PlanId == planId && resources.Contains(c.Resource))
            .OrderByDescending(c => c.Revision)
            .Select(c => new { c.Resource, c.Change })
            .ToListAsync(cancellationToken);
        return
        [
            .. entries.GroupBy(e => e.Resource, e => e.Change)
                .Where(g => Is([.. g.Select(Change.Parser.ParseFrom)]))
                .Select(g => g.Key),
        ];
    }

    /// <summary>Whether somebody has worked on an update, by its history, newest first.</summary>
    public static bool Is(IReadOnlyList<Change> history)
    {
        var before = long.MaxValue;
        for (var i = 0; i < history.Count; i++)
        {
            var change = history[i];
            if (change.Revision >= before)
                continue;

            // What an import that was undone had written over stands again.
            if (change.Source?.Kind == Kind.Undo)
                before = change.Source.UndoneRevision;
            else if (change.Source is { Kind: Kind.Paper or Kind.CarryOver } or { Kind: Kind.Spreadsheet, Edited: false })
                return false;
            else if (change.Source?.Kind != Kind.Api || i + 1 == history.Count || !OnlyWithholds(history[i + 1].ProgressUpdate, change.ProgressUpdate))
                return true;
        }

        return false;
    }

    // What the public edition leaves blank is no part of the report; no import touches it.
    private static bool OnlyWithholds(ProgressUpdate? before, ProgressUpdate? after) =>
        before is not null && after is not null && Report(before).Equals(Report(after));

    private static ProgressUpdate Report(ProgressUpdate update)
    {
        var report = update.Clone();
        report.Withheld.Clear();
        (report.Etag, report.Revision, report.UpdateTime) = ("", 0, null);
        return report;
    }
}
