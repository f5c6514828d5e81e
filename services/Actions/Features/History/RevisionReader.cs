using System.Globalization;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.History;

/// <summary>One state of a resource, out of the plan's change log.</summary>
/// <param name="State">The resource as it stood then; null where the revision removed it, and for the removal of a text.</param>
/// <param name="Expunged">The removal of a text; null otherwise.</param>
internal sealed record Revision<TResource>(Provenance Provenance, IReadOnlyList<FieldChange> Changes, TResource? State, Expunged? Expunged)
    where TResource : class;

/// <summary>Reads what a resource was, newest revision first. The change log is the history: nothing else keeps one.</summary>
internal sealed class RevisionReader(IDbContextFactory<ActionsContext> contexts)
{
    /// <summary>A page of the revisions of a resource. NOT_FOUND where it never was.</summary>
    /// <param name="name">The resource's full name, for the error.</param>
    /// <param name="plan">The plan's id.</param>
    /// <param name="resource">Its name below the plan's: see <c>Resources</c>.</param>
    /// <param name="of">Takes the resource out of a change.</param>
    public async Task<(IReadOnlyList<Revision<TResource>> Revisions, string NextPageToken)> ReadAsync<TResource>(
        string name, string plan, string resource, Page page, Func<Change, TResource?> of, CancellationToken cancellationToken)
        where TResource : class, IMessage
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var planId = await db.PlanIdAsync(plan, cancellationToken);
        var changes = await OlderAsync(Place(page.After), page.Size + 1);
        // What stood before a removal, or several, is further down than the page.
        while (changes.Count > page.Size && changes[^1] is { Change.Expunged: not null, Entry: var last }
            && await OlderAsync((last.Revision, last.Ordinal), 1) is [var older])
        {
            changes.Add(older);
        }

        if (changes.Count == 0 && page.After.Length == 0)
        {
            throw (ResourceName.PlanAction.TryParse(name) ?? ResourceName.ProgressUpdate.TryParse(name)) is [_, var reference, ..]
                ? await MissingAction.ErrorAsync(db, planId, reference, name, cancellationToken)
                : ApiErrors.NotFound(name);
        }

        // An entry tells the resource as it was, and of the fields that changed what stood there before and after.
        var (sent, next) = page.Cut(changes, c => $"{c.Entry.Revision}.{c.Entry.Ordinal}", c => 3 * c.Change.CalculateSize());
        var revisions = sent.Select((c, i) => new Revision<TResource>(
            new Provenance
            {
                Revision = c.Change.Revision,
                ChangeTime = c.Change.ChangeTime,
                Caller = c.Change.Caller,
                Source = c.Change.Source,
                Reason = c.Change.Reason,
            },
            Differences(Before(i), of(c.Change)),
            of(c.Change),
            c.Change.Expunged)).ToList();
        return (revisions, next);

        async Task<List<(ChangeEntity Entry, Change Change)>> OlderAsync((long Revision, int Ordinal) than, int most)
        {
            var entries = await db.Changes.AsNoTracking()
                .Where(c => c.PlanId == planId && c.Resource == resource
                    && (c.Revision < than.Revision || (c.Revision == than.Revision && c.Ordinal < than.Ordinal)))
                .OrderByDescending(c => c.Revision)
                .ThenByDescending(c => c.Ordinal)
                .Take(most)
                .ToListAsync(cancellationToken);
            return entries.ConvertAll(e => (e, Change.Parser.ParseFrom(e.Change)));
        }

        // The removal of a text is no state: before and after it the resource is the same.
        TResource? Before(int i) => changes[i].Change.Expunged is null && changes.Skip(i + 1).FirstOrDefault(c => c.Change.Expunged is null) is { Change: { } before }
            ? of(before)
            : null;
    }

    private static (long Revision, int Ordinal) Place(string after)
    {
        if (after.Length == 0)
            return (long.MaxValue, 0);

        // A token of the version before has the revision alone.
        var parts = after.Split('.');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), parts is [_, var ordinal] ? int.Parse(ordinal, CultureInfo.InvariantCulture) : 0);
    }

    private static List<FieldChange> Differences(IMessage? before, IMessage? after) =>
        before is null && after is null
            ? []
            : [.. FieldChanges.Between(before, after).Select(d => new FieldChange { Field = d.Field, Before = d.Before, After = d.After })];
}
