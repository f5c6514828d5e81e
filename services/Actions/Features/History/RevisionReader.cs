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
/// <param name="State">The resource as it stood then; null where the revision removed it.</param>
internal sealed record Revision<TResource>(Provenance Provenance, IReadOnlyList<FieldChange> Changes, TResource? State)
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
        var before = page.After.Length == 0 ? long.MaxValue : long.Parse(page.After, CultureInfo.InvariantCulture);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var planId = await db.PlanIdAsync(plan, cancellationToken);
        var entries = await db.Changes.AsNoTracking()
            .Where(c => c.PlanId == planId && c.Resource == resource && c.Revision < before)
            .OrderByDescending(c => c.Revision)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        if (entries.Count == 0 && page.After.Length == 0)
        {
            throw (ResourceName.PlanAction.TryParse(name) ?? ResourceName.ProgressUpdate.TryParse(name)) is [_, var reference, ..]
                ? await MissingAction.ErrorAsync(db, planId, reference, name, cancellationToken)
                : ApiErrors.NotFound(name);
        }

        var changes = entries.Select(e => Change.Parser.ParseFrom(e.Change)).ToList();
        // An entry tells the resource as it was, and of the fields that changed what stood there before and after.
        var (sent, next) = page.Cut(changes, c => c.Revision.ToString(CultureInfo.InvariantCulture), c => 3 * c.CalculateSize());
        var revisions = sent.Select((change, i) => new Revision<TResource>(
            new Provenance
            {
                Revision = change.Revision,
                ChangeTime = change.ChangeTime,
                Caller = change.Caller,
                Source = change.Source,
                Reason = change.Reason,
            },
            Differences(i + 1 < changes.Count ? of(changes[i + 1]) : null, of(change)),
            of(change))).ToList();
        return (revisions, next);
    }

    private static List<FieldChange> Differences(IMessage? before, IMessage? after) =>
        before is null && after is null
            ? []
            : [.. FieldChanges.Between(before, after).Select(d => new FieldChange { Field = d.Field, Before = d.Before, After = d.After })];
}
