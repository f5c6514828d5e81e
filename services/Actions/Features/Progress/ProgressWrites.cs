using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Progress;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Progress;

/// <summary>Carries out the workflow of progress updates.</summary>
internal sealed class ProgressWrites(SingleWriter<ActionsContext> writer, UpdateGate gate, TimeProvider time)
{
    private static readonly PreparedSql HasAction = new("""SELECT COUNT(*) FROM "plan_actions" WHERE "PlanId" = @p0 AND "Ref" = @p1""");

    public Task<ProgressUpdate> SaveAsync(SaveProgressUpdateRequest request, UpdateSender sender, CancellationToken cancellationToken)
    {
        var given = request.ProgressUpdate ?? throw ApiErrors.InvalidField("progress_update", "It is required.");
        var ids = ResourceName.ProgressUpdate.Parse(given.Name, "progress_update.name");
        var fields = ProgressFields.Named(request);
        ProgressFields.Check(given, ids[0]);
        // Found before the writer is asked: it does nothing that others could do.
        var mentions = TextMentions.In(given.Narrative, given.Opportunities);
        var write = new Call(given.Name, "progress_update.name", given.Etag, request.ValidateOnly, request.RequestId, request, sender);
        return WriteAsync(write, ids, async (db, target, token) =>
        {
            var update = target.Update;
            var state = Workflow.Require(given.Name, update.State, Move.Save);
            ProgressFields.Merge(update, given, fields);
            await WriteMentionsAsync(db, target, mentions, fields, token);
            if (target.Exists && !db.Rows<ProgressUpdateEntity>().Differ(update, target.Before))
                return false;

            (update.State, update.CarriedOverFrom) = (state, "");
            return true;
        }, cancellationToken, reports: true);
    }

    public Task<ProgressUpdate> SubmitAsync(SubmitProgressUpdateRequest request, UpdateSender sender, CancellationToken cancellationToken) =>
        MoveAsync(new Call(request.Name, "name", request.Etag, request.ValidateOnly, request.RequestId, request, sender), Move.Submit, "", cancellationToken);

    public Task<ProgressUpdate> ReturnAsync(ReturnProgressUpdateRequest request, UpdateSender sender, CancellationToken cancellationToken) =>
        MoveAsync(
            new Call(request.Name, "name", request.Etag, request.ValidateOnly, request.RequestId, request, sender),
            Move.Return,
            Reasons.Check(request.Reason),
            cancellationToken);

    public Task<ProgressUpdate> ApproveAsync(ApproveProgressUpdateRequest request, UpdateSender sender, CancellationToken cancellationToken) =>
        MoveAsync(new Call(request.Name, "name", request.Etag, request.ValidateOnly, request.RequestId, request, sender), Move.Approve, "", cancellationToken);

    public Task<ProgressUpdate> WithholdAsync(SetWithheldFieldsRequest request, UpdateSender sender, CancellationToken cancellationToken)
    {
        var ids = ResourceName.ProgressUpdate.Parse(request.Name, "name");
        ProgressFields.Check(request.Withheld);
        var write = new Call(request.Name, "name", request.Etag, request.ValidateOnly, request.RequestId, request, sender);
        return WriteAsync(write, ids, (_, target, _) =>
        {
            if (!target.Exists)
                throw ApiErrors.NotFound(request.Name);

            var withheld = request.Withheld.Select(w => new WithheldFieldEntity(w.Field, w.Reason)).ToList();
            var differs = !withheld.SequenceEqual(target.Update.Withheld);
            target.Update.Withheld = withheld;
            return Task.FromResult(differs);
        }, cancellationToken);
    }

    private Task<ProgressUpdate> MoveAsync(Call call, Move move, string reason, CancellationToken cancellationToken)
    {
        var ids = ResourceName.ProgressUpdate.Parse(call.Name, "name");
        return WriteAsync(call with { Reason = reason }, ids, (_, target, _) =>
        {
            var update = target.Update;
            if (!target.Exists)
                throw ApiErrors.NotFound(call.Name);

            update.State = Workflow.Require(call.Name, update.State, move);
            if (move == Move.Submit)
            {
                if (update.Narrative.Length == 0 && update.Status == ProgressUpdate.Types.Status.Unspecified)
                {
                    throw new ApiException(
                        StatusCode.FailedPrecondition, ErrorReason.NothingToSubmit, $"{call.Name} has neither a narrative nor a status.")
                        .With("resource", call.Name);
                }

                update.SubmitTime = time.GetUtcNow().UtcDateTime;
                update.CarriedOverFrom = "";
            }

            if (move is Move.Submit or Move.Return)
                update.ReturnReason = reason;
            return Task.FromResult(true);
        }, cancellationToken, reports: move == Move.Submit);
    }

    // Every write to an update: the period is open, the etag is right, and where it reports something the action reports itself; then the
    // change, its revision and the answer with its warnings. What was reported before an action was divided or retired can still be
    // returned, approved and withheld.
    private Task<ProgressUpdate> WriteAsync(
        Call call,
        string[] ids,
        Func<ActionsContext, ProgressTarget, CancellationToken, Task<bool>> change,
        CancellationToken cancellationToken,
        bool reports = false)
    {
        ResourceName.CheckPeriodId(ids[2], call.NameField);
        var origin = Origin.Api(call.Sender.Name, time.GetUtcNow().UtcDateTime);
        return writer.WriteAsync(
            (db, token) => RequestIds.OnceAsync(db, call.RequestId, call.Request.Descriptor.Name, call.Request, origin.Now, d => Write(d, token), token),
            cancellationToken);

        async Task<Written<ProgressUpdate>> Write(ActionsContext db, CancellationToken token)
        {
            var target = await ProgressTarget.ReadAsync(db, ids[0], ids[1], ids[2], token);
            gate.Check(call.Sender, ids[0], ids[1], target.DeliveryLeads);
            var update = target.Update;
            PeriodRules.CheckOpen(ids[0], update.Period);
            if (reports)
                CheckLeaf(ids[0], update.PlanAction);
            Etags.Check(call.Name, call.Etag, update.Revision);
            var edit = new PlanEdit(db, target.Plan, origin);
            var rows = db.Rows<ProgressUpdateEntity>();
            var made = !target.Exists;
            if (made)
                (update.CreateTime, update.UpdateTime) = (origin.Now, origin.Now);

            if (await change(db, target, token))
            {
                edit.Changed(update, call.Reason);
                if (made)
                    await rows.InsertAsync(db, update, token);
                else
                    await rows.UpdateAsync(db, update, target.Before, token);
                await edit.SaveAsync(token);
            }

            var answer = update.ToMessage(ids[0]);
            var missing = await MissingAsync(db, target.Plan, update.CrossReferences, token);
            var context = new ProgressContext(
                target.LastReport, target.HasDeliveryLead, name => !missing.Contains(name[(name.LastIndexOf('/') + 1)..]));
            answer.Warnings.AddRange(ProgressRules.Check(answer, context));
            return new Written<ProgressUpdate>(answer, Keep: edit.Any && !call.ValidateOnly);
        }
    }

    private static void CheckLeaf(string plan, PlanActionEntity action)
    {
        if (action is { Leaf: true, State: not PlanAction.Types.State.Retired })
            return;

        var name = ResourceName.PlanAction.Of(plan, action.Ref);
        throw new ApiException(
            StatusCode.FailedPrecondition,
            ErrorReason.NoLeaf,
            action.Leaf ? $"{name} is retired; no progress is reported on it." : $"{name} has sub-actions; progress is reported on those.")
            .With("resource", name);
    }

    // Where the text changed and the caller did not say what it points to, it is found in the text.
    private static async Task WriteMentionsAsync(
        ActionsContext db, ProgressTarget target, TextMentions given, IReadOnlySet<string> fields, CancellationToken cancellationToken)
    {
        if (!fields.Contains("narrative") && !fields.Contains("opportunities"))
            return;

        var update = target.Update;
        var mentions = given.For(update.Narrative, update.Opportunities);
        if (!fields.Contains("evidence_links"))
            update.EvidenceLinks = [.. mentions.Links.Take(100)];
        if (fields.Contains("cross_references"))
            return;

        var missing = await MissingAsync(db, target.Plan, mentions.Refs, cancellationToken);
        HashSet<string> prefixes = missing.Overlaps(mentions.Cued)
            ? [.. await db.Themes.Where(t => t.PlanId == target.Plan.Id).Select(t => t.RefPrefix).ToListAsync(cancellationToken)]
            : [];
        update.CrossReferences = [.. mentions.Kept(update.PlanAction.Ref, r => !missing.Contains(r), prefixes.Contains).Take(100)];
    }

    private static async Task<HashSet<string>> MissingAsync(
        ActionsContext db, PlanEntity plan, IEnumerable<string> refs, CancellationToken cancellationToken)
    {
        HashSet<string> missing = [];
        foreach (var reference in refs)
        {
            if (Convert.ToInt32(await HasAction.Bind(db, plan.Id, reference).ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
                missing.Add(reference);
        }

        return missing;
    }

    private sealed record Call(
        string Name, string NameField, string Etag, bool ValidateOnly, string RequestId, IMessage Request, UpdateSender Sender, string Reason = "");
}
