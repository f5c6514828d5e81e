using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Progress;

/// <summary>What the text of an update that somebody typed points to, found as in a grid.</summary>
/// <param name="Narrative">The text that was read.</param>
/// <param name="Opportunities">The other text that was read.</param>
/// <param name="Links">Its web addresses, in order of first mention.</param>
/// <param name="Refs">The refs that are meant where the plan has them, in order of first mention.</param>
/// <param name="Cued">Those of them to which the text points in so many words, "see also T9".</param>
internal sealed record TextMentions(
    string Narrative, string Opportunities, IReadOnlyList<string> Links, IReadOnlyList<string> Refs, IReadOnlySet<string> Cued)
{
    private static readonly RawRow Nowhere = new(0, []);

    public static TextMentions In(string narrative, string opportunities)
    {
        List<string> links = [], refs = [];
        HashSet<string> cued = [];
        foreach (var text in (ReadOnlySpan<string>)[narrative, opportunities])
        {
            var (found, without) = Grid.Reading.Links.Find(text, Nowhere, GridColumn.Narrative, Findings.Unheard());
            links.AddRange(found.Except(links));
            var mentioned = CrossReferences.Mentioned(without).ToList();
            refs.AddRange(mentioned.Select(m => m.Ref).Except(refs));
            cued.UnionWith(mentioned.Where(m => m.Cued).Select(m => m.Ref));
        }

        return new TextMentions(narrative, opportunities, links, refs, cued);
    }

    /// <summary>
    /// The refs that stand as cross-references: those that the plan has, and those that it lacks where the text points to them and they are
    /// of its kind. Those are kept so that the update can be warned of, until the action is there.
    /// </summary>
    /// <param name="own">The leaf's own ref.</param>
    /// <param name="isThere">Whether the plan has an action.</param>
    /// <param name="isPrefix">Whether refs of the plan begin with these letters.</param>
    public IEnumerable<string> Kept(string own, Func<string, bool> isThere, Func<string, bool> isPrefix) => Refs.Where(r => r != own
        && (isThere(r) || (Cued.Contains(r) && isPrefix(new string([.. r.TakeWhile(char.IsAsciiLetter)])))));

    /// <summary>What these texts point to: this, where they are the ones that were read.</summary>
    public TextMentions For(string narrative, string opportunities) =>
        narrative == Narrative && opportunities == Opportunities ? this : In(narrative, opportunities);
}
