using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Progress;

/// <summary>What the text of an update that somebody typed points to, found as in a grid.</summary>
/// <param name="Narrative">The text that was read.</param>
/// <param name="Opportunities">The other text that was read.</param>
/// <param name="Links">Its web addresses, in order of first mention.</param>
/// <param name="Refs">The refs that are meant where the plan has them, in order of first mention.</param>
internal sealed record TextMentions(string Narrative, string Opportunities, IReadOnlyList<string> Links, IReadOnlyList<string> Refs)
{
    private static readonly RawRow Nowhere = new(0, []);

    public static TextMentions In(string narrative, string opportunities)
    {
        List<string> links = [], refs = [];
        foreach (var text in (ReadOnlySpan<string>)[narrative, opportunities])
        {
            var (found, without) = Grid.Reading.Links.Find(text, Nowhere, GridColumn.Narrative, new Findings());
            links.AddRange(found.Except(links));
            refs.AddRange(CrossReferences.Mentioned(without).Except(refs));
        }

        return new TextMentions(narrative, opportunities, links, refs);
    }

    /// <summary>What these texts point to: this, where they are the ones that were read.</summary>
    public TextMentions For(string narrative, string opportunities) =>
        narrative == Narrative && opportunities == Opportunities ? this : In(narrative, opportunities);
}
