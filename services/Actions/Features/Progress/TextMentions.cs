using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Progress;

/// <summary>What the text of an update that somebody typed points to, found as in a grid.</summary>
internal static class TextMentions
{
    /// <summary>The web addresses, and the refs that are meant where the plan has them; both in order of first mention.</summary>
    public static (List<string> Links, List<string> Refs) Find(params ReadOnlySpan<string> texts)
    {
        List<string> links = [], refs = [];
        foreach (var text in texts)
        {
            var (found, without) = Links.Find(text, Nowhere, GridColumn.Narrative, new Findings());
            links.AddRange(found.Except(links));
            refs.AddRange(CrossReferences.Mentioned(without).Except(refs));
        }

        return (links, refs);
    }

    private static readonly RawRow Nowhere = new(0, []);
}
