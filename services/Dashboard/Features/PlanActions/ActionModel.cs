using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;
using PlanServices.Partners.V1;

namespace PlanServices.Dashboard.Features.PlanActions;

/// <summary>What an action's page shows.</summary>
/// <param name="Action">The action.</param>
/// <param name="Title">Its title, or its parent's where it has none.</param>
/// <param name="Theme">Its theme; null where it has none.</param>
/// <param name="Leaves">Its sub-actions, or itself, each with what it reports.</param>
/// <param name="Updates">Where it reports itself: its updates, newest period first.</param>
/// <param name="PointedFrom">The actions whose text points here.</param>
/// <param name="Titles">The titles of the plan's actions by name.</param>
/// <param name="Revisions">Who changed what: its own changes and those of its update, newest first.</param>
/// <param name="Structure">Where its leads stand.</param>
/// <param name="Previous">The ref of the action before it in the plan; null on the first.</param>
/// <param name="Next">That of the one after it; null on the last.</param>
public sealed record ActionModel(
    PlanAction Action,
    string Title,
    Theme? Theme,
    IReadOnlyList<(PlanAction Action, ProgressUpdate? Update)> Leaves,
    IReadOnlyList<ProgressUpdate> Updates,
    IReadOnlyList<PlanAction> PointedFrom,
    IReadOnlyDictionary<string, string> Titles,
    Part<IReadOnlyList<RevisionEntry>> Revisions,
    Part<GetStructureResponse> Structure,
    string? Previous,
    string? Next)
{
    /// <summary>What it reports for a period; null where it reports nothing.</summary>
    public ProgressUpdate? UpdateFor(Period? period) =>
        period is null ? null : Updates.FirstOrDefault(u => Place.Id(u.Name) == Place.Id(period.Name));
}

/// <summary>A change in the history of an action.</summary>
/// <param name="Of">What was changed: "Action" or "Update".</param>
/// <param name="Provenance">Who, when, from where and why.</param>
/// <param name="Changes">What it changed.</param>
public sealed record RevisionEntry(string Of, Provenance Provenance, IReadOnlyList<Actions.V1.FieldChange> Changes);

/// <summary>Reads the page of an action.</summary>
internal sealed class ActionReader(
    Catalogue catalogue,
    ActionService.ActionServiceClient actions,
    ProgressService.ProgressServiceClient progress,
    PartnerService.PartnerServiceClient partners,
    Calls calls)
{
    private const int Newest = 50;

    public async Task<ActionModel> ReadAsync(Place place, string reference, CancellationToken cancellationToken)
    {
        var plan = place.Plan!.Name;
        var name = $"{plan}/actions/{reference}";
        // The action as the service has it, warnings and all, or NOT_FOUND in its own words.
        var action = await actions.GetPlanActionAsync(new GetPlanActionRequest { Name = name }, calls.AtLeast(place.Plan, cancellationToken));
        var all = catalogue.ActionsAsync(place.Plan, cancellationToken);
        var themes = catalogue.ThemesAsync(plan, cancellationToken);
        var period = catalogue.UpdatesByActionAsync(plan, place.Period, cancellationToken);
        var own = action.Leaf ? catalogue.UpdatesAsync(name, "", cancellationToken) : Task.FromResult(new List<ProgressUpdate>());
        var structure = Part.ReadAsync<GetStructureResponse>(
            async () => await partners.GetStructureAsync(
                new GetStructureRequest { AsAtDate = Iso(place.Period?.AsAtDate) }, calls.Options(cancellationToken)),
            cancellationToken);
        await Task.WhenAll(all, themes, period, own, structure);

        var byName = (await all).ToDictionary(a => a.Name);
        var titles = byName.ToDictionary(a => a.Key, a => TitleOf(a.Value, byName));
        var updates = await period;
        var leaves = (await all).Where(a => a.Leaf && (a.Name == name || a.ParentAction == name)).ToArray();
        var pointed = (await all)
            .Where(a => a.Name != name
                && (a.CrossReferences.Contains(name) || (updates.GetValueOrDefault(a.Name)?.CrossReferences.Contains(name) ?? false)))
            .ToArray();
        var reported = await own;
        var shown = reported.FirstOrDefault(u => u.Name == $"{name}/updates/{place.PeriodId}");
        var order = await all;
        var here = order.FindIndex(a => a.Name == name);
        return new ActionModel(
            action,
            TitleOf(action, byName),
            (await themes).FirstOrDefault(t => t.Name == action.Theme),
            [.. leaves.Select(l => (l, updates.GetValueOrDefault(l.Name)))],
            reported,
            pointed,
            titles,
            await Part.ReadAsync<IReadOnlyList<RevisionEntry>>(
                () => RevisionsAsync(name, shown, cancellationToken), cancellationToken),
            await structure,
            order.ElementAtOrDefault(here - 1)?.Ref,
            order.ElementAtOrDefault(here + 1)?.Ref);
    }

    private async Task<IReadOnlyList<RevisionEntry>> RevisionsAsync(string name, ProgressUpdate? update, CancellationToken cancellationToken)
    {
        var ofAction = await actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = name, PageSize = Newest }, calls.Options(cancellationToken));
        var entries = ofAction.Revisions.Select(r => new RevisionEntry("Action", r.Provenance, r.Changes)).ToList();
        if (update is not null)
        {
            var ofUpdate = await progress.ListProgressUpdateRevisionsAsync(
                new ListProgressUpdateRevisionsRequest { Name = update.Name, PageSize = Newest }, calls.Options(cancellationToken));
            entries.AddRange(ofUpdate.Revisions.Select(r => new RevisionEntry("Update", r.Provenance, r.Changes)));
        }

        return [.. entries.OrderByDescending(e => e.Provenance.Revision)];
    }

    private static string TitleOf(PlanAction action, Dictionary<string, PlanAction> all) =>
        action.Title.Length > 0 ? action.Title : all.GetValueOrDefault(action.ParentAction)?.Title ?? "";

    private static string Iso(Google.Type.Date? date) =>
        date is { Year: > 0, Month: > 0, Day: > 0 } ? $"{date.Year:0000}-{date.Month:00}-{date.Day:00}" : "";
}
