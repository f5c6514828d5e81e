using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.Rounds;

/// <summary>A reporting round as the office sees it.</summary>
/// <param name="Owed">The leaves that owe an update.</param>
/// <param name="Waiting">The updates that were sent in and wait for approval, with their leaf.</param>
/// <param name="Approved">Those that are approved.</param>
/// <param name="Titles">The titles of the plan's actions by name.</param>
public sealed record RoundModel(
    IReadOnlyList<OwedUpdate> Owed,
    IReadOnlyList<(PlanAction Action, ProgressUpdate Update)> Waiting,
    IReadOnlyList<(PlanAction Action, ProgressUpdate Update)> Approved,
    IReadOnlyDictionary<string, string> Titles)
{
    /// <summary>Who owes what: by delivery lead, those who owe most first; leaves without a lead under an empty name.</summary>
    public IEnumerable<IGrouping<string, OwedUpdate>> ByLead => Owed
        .SelectMany(o => o.PlanAction.DeliveryLeads.Count == 0 ? [("", o)] : o.PlanAction.DeliveryLeads.Select(l => (l.Text, o)))
        .DistinctBy(p => (p.Item1, p.o.PlanAction.Name))
        .GroupBy(p => p.Item1, p => p.o)
        .OrderByDescending(g => g.Count())
        .ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Reads a round.</summary>
internal sealed class RoundReader(Catalogue catalogue)
{
    public async Task<RoundModel> ReadAsync(Place place, CancellationToken cancellationToken)
    {
        var owed = catalogue.OwedAsync(place.Period!.Name, "", cancellationToken);
        var actions = catalogue.ActionsAsync(place.Plan!, cancellationToken);
        var updates = catalogue.UpdatesByActionAsync(place.Plan!.Name, place.Period, cancellationToken);
        await Task.WhenAll(owed, actions, updates);
        var byName = (await actions).ToDictionary(a => a.Name);
        var reported = await updates;
        var pairs = byName.Values.Where(a => reported.ContainsKey(a.Name)).Select(a => (a, reported[a.Name])).ToArray();
        return new RoundModel(
            await owed,
            [.. pairs.Where(p => p.Item2.State == ProgressUpdate.Types.State.Submitted)],
            [.. pairs.Where(p => p.Item2.State == ProgressUpdate.Types.State.Approved)],
            byName.ToDictionary(a => a.Key, a => a.Value.Title.Length > 0 ? a.Value.Title : byName.GetValueOrDefault(a.Value.ParentAction)?.Title ?? ""));
    }
}
