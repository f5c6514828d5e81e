using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Progress;
using PlanServices.ServiceDefaults.Requests;
using Code = PlanServices.Reporting.V1.AttentionReason.Types.Code;

namespace PlanServices.Reporting.Features.Attention;

/// <summary>Lists the leaves of a period that somebody has to look at, most urgent first.</summary>
internal sealed class AttentionList(
    PlanStates states, LastReports lastReports, ModelReads reads, DirectoryFollower directory, TimeProvider time)
{
    public async Task<ListAttentionItemsResponse> ListAsync(ListAttentionItemsRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Period.Parse(request.Parent, "parent");
        if (request.Theme.Length > 0)
            ResourceName.Theme.Parse(request.Theme, "theme");
        foreach (var reason in request.Reasons)
        {
            if (reason == Code.Unspecified || !Enum.IsDefined(reason))
                throw ApiErrors.InvalidField("reasons", $"{(int)reason} is no reason.");
        }

        var page = Page.Of(
            request.PageSize, request.PageToken, nameof(ListAttentionItemsRequest), request.Parent, request.Theme, string.Join(',', request.Reasons.Order()));
        var (state, earlier) = await reads.ReadAsync<Known>(ids[0], ids[1], context, least => TryReadAsync(ids, least, context.CancellationToken));
        if (request.Theme.Length > 0 && !state.Themes.Any(t => t.Name == request.Theme))
            throw ApiErrors.NotFound(request.Theme);

        var items = Rank(state, earlier)
            .Where(i => request.Theme.Length == 0 || state.Actions[i.Item.PlanAction].Theme == request.Theme)
            .Where(i => request.Reasons.Count == 0 || i.Item.Reasons.Any(r => request.Reasons.Contains(r.Code)))
            .ToArray();
        var (entries, next) = page.Cut(
            [.. items.Where(i => string.CompareOrdinal(i.Key, page.After) > 0).Take(page.Size + 1)], i => i.Key, i => i.Item.CalculateSize());
        var (partners, today) = (await directory.GetAsync(context.CancellationToken), time.Today());
        foreach (var (_, item) in entries)
            item.LeadSuccessors.AddRange(partners.ShowSuccessors(item.DeliveryLeads, today));

        return new ListAttentionItemsResponse
        {
            AttentionItems = { entries.Select(e => e.Item) },
            NextPageToken = next,
            TotalSize = items.Length,
            TotalLeaves = state.Leaves.Count(l => l.Action.IsPursuedIn(state.Period)),
            Revision = state.Revision,
        };
    }

    private async ValueTask<(Known? Known, long Revision)> TryReadAsync(string[] ids, long least, CancellationToken cancellationToken)
    {
        var (state, revision) = await states.TryReadAsync(ids[0], ids[1], least, cancellationToken);
        if (state is null)
            return (null, revision);

        return await lastReports.TryReadAsync(state, cancellationToken) is { } earlier ? (new Known(state, earlier), revision) : (null, ModelReads.NotYet);
    }

    // By score, and in the plan's order where that is the same; the key says both.
    private IEnumerable<(string Key, AttentionItem Item)> Rank(PlanState state, IReadOnlyDictionary<string, EarlierReports> earlier)
    {
        var due = Dates.Read(state.Period.DueDate, "due_date", []);
        var today = time.Today();
        var late = due is { } day ? Math.Max(0, today.DayNumber - day.DayNumber) : 0;
        var themes = state.Themes.ToDictionary(t => t.Name, t => t.DisplayName);
        // Of what was not pursued any more nobody could do anything.
        return state.Leaves.Where(l => l.Action.IsPursuedIn(state.Period))
            .Select((leaf, place) => (Place: place, Item: Item(state, leaf, earlier.GetValueOrDefault(leaf.Action.Name), late, themes)))
            .Where(i => i.Item.Score > 0)
            .OrderByDescending(i => i.Item.Score)
            .ThenBy(i => i.Place)
            .Select(i => ($"{9999 - i.Item.Score:D4} {i.Place:D8}", i.Item));
    }

    private static AttentionItem Item(
        PlanState state, LeafState leaf, EarlierReports? earlier, int late, Dictionary<string, string> themes)
    {
        var (action, update) = (leaf.Action, leaf.Update);
        var complete = earlier?.Last?.Status == ProgressUpdate.Types.Status.Complete;
        var titled = action.Title.Length > 0 ? action : state.Actions.GetValueOrDefault(action.ParentAction, action);
        ProgressWarning[] warnings = update is null
            ? []
            : [.. ProgressRules.Check(update, new ProgressContext(earlier?.Last, action.DeliveryLeads.Count > 0, state.Actions.ContainsKey))];
        var item = new AttentionItem
        {
            PlanAction = action.Name,
            Ref = action.Ref,
            ThemeDisplayName = themes.GetValueOrDefault(action.Theme, ""),
            Title = titled.Title,
            Status = update?.Status ?? default,
            StatusReason = update?.StatusReason ?? "",
            Direction = update?.Direction ?? default,
            State = update?.State ?? default,
            RedPeriods = earlier?.RedPeriods ?? 0,
            DueDate = state.Period.DueDate,
            DaysLate = AttentionRules.Owes(update, complete) ? late : 0,
            ReturnReason = update?.ReturnReason ?? "",
        };
        item.OpccLeads.AddRange(action.OpccLeads);
        item.DeliveryLeads.AddRange(action.DeliveryLeads);
        item.Warnings.AddRange(warnings);
        item.Reasons.AddRange(AttentionRules.Of(update, item.RedPeriods, late, warnings, state.Period.State == Period.Types.State.Locked, complete));
        item.Score = item.Reasons.Sum(r => r.Weight);
        return item;
    }

    private sealed record Known(PlanState State, IReadOnlyDictionary<string, EarlierReports> Earlier);
}
