using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Caching;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>
/// Reads actions, as the bytes of their messages. They are kept under the plan's revision, so what is given is as new as the revision that
/// this process knows, and as the call asks for: see <see cref="PlanHeads"/>.
/// </summary>
internal sealed class PlanActionReads(PlanHeads heads, OpenReads<ActionsContext> reads, LeadSuccessors successors, AnswerCache answers)
{
    private static readonly PreparedSql Select = new("""
        SELECT c."Change" FROM "changes" c
        WHERE c."PlanId" = @p0 AND c."Resource" = @p1
          AND c."Revision" = (SELECT MAX(l."Revision") FROM "changes" l WHERE l."PlanId" = @p0 AND l."Resource" = @p1)
        ORDER BY c."Ordinal"
        """);

    /// <summary>The bytes of a <see cref="PlanAction"/>.</summary>
    public ValueTask<byte[]> GetAsync(GetPlanActionRequest request, ServerCallContext context)
    {
        var ids = ResourceName.PlanAction.Parse(request.Name, "name");
        var finding = heads.FindAsync(ids[0], MinRevision.Of(context), context.CancellationToken);
        return finding.IsCompletedSuccessfully ? GetAsync(request, finding.GetAwaiter().GetResult(), ids[1], context) : FindAsync();

        async ValueTask<byte[]> FindAsync() => await GetAsync(request, await finding, ids[1], context);
    }

    /// <summary>The bytes of a <see cref="ListPlanActionsResponse"/>.</summary>
    public async ValueTask<byte[]> ListAsync(ListPlanActionsRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ActionService.ActionServiceBase.ListPlanActions), request.Parent, request.Theme);
        var head = await heads.FindAsync(plan, MinRevision.Of(context), context.CancellationToken) ?? throw ApiErrors.NotFound(request.Parent);
        var theme = ThemeOf(request, plan);
        var shown = successors.Now;
        return await answers.GetAsync(
            CacheKeys.PlanActions(head.Point(shown.Stamp), page.Size, theme, page.After),
            (Reads: reads, Asked: new Asked(head.Id, theme, page), Plan: plan, Shown: shown),
            static async (state, token) =>
            {
                var read = await state.Reads.ReadAsync(state.Asked, ReadAsync, token);
                var (entries, next) = state.Asked.Page.Cut(
                    read.Select(a => (a.SortKey, Message: state.Shown.Show(a.ToMessage(state.Plan)))).ToList(), e => e.SortKey, e => e.Message.CalculateSize());
                return new ListPlanActionsResponse { PlanActions = { entries.Select(e => e.Message) }, NextPageToken = next }.ToByteArray();
            },
            context.CancellationToken);
    }

    private ValueTask<byte[]> GetAsync(GetPlanActionRequest request, PlanHead? head, string reference, ServerCallContext context)
    {
        if (head is null)
            throw ApiErrors.NotFound(request.Name);

        var shown = successors.Now;
        return answers.GetAsync(
            CacheKeys.PlanAction(head.Point(shown.Stamp), reference),
            (Reads: reads, request.Name, PlanId: head.Id, Ref: reference, Shown: shown),
            static async (state, token) =>
            {
                var action = await state.Reads.ReadAsync((state.PlanId, state.Ref), ReadAsync, token)
                    ?? throw await state.Reads.ReadAsync(state, (db, s, end) => MissingAction.ErrorAsync(db, s.PlanId, s.Ref, s.Name, end), token);
                return state.Shown.Show(action).ToByteArray();
            },
            context.CancellationToken);
    }

    private static string ThemeOf(ListPlanActionsRequest request, string plan)
    {
        if (request.Theme.Length == 0)
            return "";

        var ids = ResourceName.Theme.Parse(request.Theme, "theme");
        return ids[0] == plan ? ids[1]
            : throw ApiErrors.InvalidField("theme", $"{request.Theme} is a theme of another plan than {request.Parent}.");
    }

    private static Task<List<PlanActionEntity>> ReadAsync(ActionsContext db, Asked asked, CancellationToken cancellationToken)
    {
        var actions = db.PlanActions.AsNoTracking()
            .Include(a => a.Theme)
            .Include(a => a.Parent)
            .Where(a => a.PlanId == asked.PlanId && string.Compare(a.SortKey, asked.Page.After) > 0);
        if (asked.Theme.Length > 0)
            actions = actions.Where(a => a.Theme.Slug == asked.Theme);
        return actions.OrderBy(a => a.SortKey).Take(asked.Page.Size + 1).ToListAsync(cancellationToken);
    }

    // The log has the message as the last write left it: one row by its index, and no columns to be put together.
    private static async Task<PlanAction?> ReadAsync(ActionsContext db, (int PlanId, string Ref) asked, CancellationToken cancellationToken)
    {
        PlanAction? action = null;
        await using var reader = await Select.Bind(db, asked.PlanId, Resources.PlanAction(asked.Ref)).ExecuteReaderAsync(cancellationToken);
        // What a write changed twice has two entries; the later one holds.
        while (await reader.ReadAsync(cancellationToken))
            action = Change.Parser.ParseFrom(reader.GetFieldValue<byte[]>(0)).PlanAction;

        return action;
    }

    private sealed record Asked(int PlanId, string Theme, Page Page);
}
