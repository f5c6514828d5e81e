using Google.Protobuf.Collections;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using Case = PlanServices.Actions.V1.Change.ResourceOneofCase;
using Kind = PlanServices.Actions.V1.ChangeSource.Types.Kind;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Undoes an import by a revision of its own: what it made is removed, what it changed is as it was before. That is possible as long as
/// nothing was built on it.
/// </summary>
internal sealed class ImportUndo(PlanWriter plans)
{
    private const int MostListed = 1000;
    private const int AtATime = 500;

    public Task<UndoImportResponse> UndoAsync(UndoImportRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        if (request.Revision <= 0)
            throw ApiErrors.InvalidField("revision", "It is required: the revision that the import's answer had.");

        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        call = call with
        {
            Origin = call.Origin with { Source = new ChangeSource { Kind = Kind.Undo, UndoneRevision = request.Revision } },
        };
        return plans.WriteAsync(call, plan, (db, edit, token) => UndoAsync(db, edit, request.Revision, token), cancellationToken);
    }

    private static async Task<UndoImportResponse> UndoAsync(ActionsContext db, PlanEdit edit, long revision, CancellationToken cancellationToken)
    {
        var planId = edit.Plan.Id;
        var written = db.Changes.AsNoTracking().Where(c => c.PlanId == planId && c.Revision == revision).OrderByDescending(c => c.Ordinal);
        var last = await written.Select(c => c.Change).FirstOrDefaultAsync(cancellationToken) is { } stored
            ? Change.Parser.ParseFrom(stored)
            : throw ApiErrors.InvalidField("revision", $"{ResourceName.Plan.Of(edit.Plan.Slug)} has no revision {revision}.");
        if (last.Source?.Kind is not (Kind.Paper or Kind.Spreadsheet))
            throw NotUndoable($"Revision {revision} was no import.", ResourceName.Plan.Of(edit.Plan.Slug));

        var importTime = last.ChangeTime.ToDateTime();
        // What was made last is removed first: updates, then actions, then periods and themes. The plan itself stays, with its name and scheme.
        var resources = (await written.Select(c => c.Resource).ToListAsync(cancellationToken)).Where(r => r.Length > 0).OrderBy(Order);
        var state = await UndoState.LoadAsync(db, edit.Plan, revision, cancellationToken);
        var answer = new UndoImportResponse { Revision = edit.Revision };
        foreach (var chunk in resources.Chunk(AtATime))
        {
            var before = await BeforeAsync(db, planId, chunk, revision, cancellationToken);
            foreach (var resource in chunk)
            {
                var name = Resources.NameOf(edit.Plan.Slug, resource);
                if (state.RevisionOf(resource) != revision && !await StandsSinceAsync(db, planId, resource, revision, cancellationToken))
                {
                    // A period that was given dates since is wanted; what was imported into it goes all the same.
                    if (state.WasLocked(resource) is not { } wasLocked)
                        throw NotUndoable($"{name} was changed after the import.", name);
                    if (wasLocked)
                        throw NotUndoable($"{name} was locked after the import, which made it: a report may have been published of it.", name);
                    continue;
                }

                if (state.BuiltOn(resource, importTime) is { } later)
                    throw NotUndoable($"{later} was built on {name}, which the import wrote.", later);

                if (before.GetValueOrDefault(resource) is { ResourceCase: not Case.Deleted } was)
                {
                    state.Restore(edit, was);
                    answer.TotalRestored++;
                    List(answer.Restored, name);
                }
                else if (state.Remove(db, resource) is { } dependent)
                {
                    throw NotUndoable($"{dependent} was built on {name}, which the import made.", dependent);
                }
                else
                {
                    edit.Deleted(resource);
                    answer.TotalRemoved++;
                    List(answer.Removed, name);
                }
            }
        }

        return answer;
    }

    // What resources were before a revision.
    private static async Task<Dictionary<string, Change>> BeforeAsync(
        ActionsContext db, int planId, string[] resources, long revision, CancellationToken cancellationToken)
    {
        var entries = await db.Changes.AsNoTracking()
            .Where(c => c.PlanId == planId && resources.Contains(c.Resource) && c.Revision < revision
                && !db.Changes.Any(l => l.PlanId == planId && l.Resource == c.Resource && l.Revision > c.Revision && l.Revision < revision))
            .OrderBy(c => c.Ordinal)
            .Select(c => new { c.Resource, c.Change })
            .ToListAsync(cancellationToken);
        return entries.GroupBy(e => e.Resource).ToDictionary(g => g.Key, g => Change.Parser.ParseFrom(g.Last().Change));
    }

    // A lead that was linked to the directory since is nobody's work, nor is a later import that was undone. What is no longer there was
    // changed.
    private static async Task<bool> StandsSinceAsync(ActionsContext db, int planId, string resource, long revision, CancellationToken cancellationToken)
    {
        var since = await db.Changes.AsNoTracking()
            .Where(c => c.PlanId == planId && c.Resource == resource && c.Revision > revision)
            .OrderByDescending(c => c.Revision)
            .Select(c => c.Change)
            .ToListAsync(cancellationToken);
        var undone = long.MaxValue;
        foreach (var change in since.Select(Change.Parser.ParseFrom))
        {
            if (change.Revision >= undone)
                continue;
            if (change.Source?.Kind == Kind.Undo && change.Source.UndoneRevision > revision)
                undone = change.Source.UndoneRevision;
            else if (change.Source?.Kind != Kind.Directory)
                return false;
        }

        return since.Count > 0;
    }

    private static void List(RepeatedField<string> names, string name)
    {
        if (names.Count < MostListed)
            names.Add(name);
    }

    private static int Order(string resource) => resource switch
    {
        _ when resource.Contains("/updates/", StringComparison.Ordinal) => 0,
        _ when resource.StartsWith("actions/", StringComparison.Ordinal) => 1,
        _ => 2,
    };

    private static ApiException NotUndoable(string message, string resource) =>
        new ApiException(StatusCode.FailedPrecondition, ErrorReason.NotUndoable, message).With("resource", resource);
}
