using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports.Pages;

/// <summary>A piece of a run: a link, or the text between links.</summary>
/// <param name="Text">The text.</param>
/// <param name="Target">Where it leads: an address of the web, or <c>#</c> and the row of the page. Empty where it is no link.</param>
/// <param name="Name">The whole link or ref, of which this may be a part; empty where it is no link.</param>
public readonly record struct PagePart(string Text, string Target = "", string Name = "")
{
    public bool IsWebLink => Target.StartsWith("http", StringComparison.Ordinal);
}

/// <summary>
/// Finds a row's evidence links and references where its texts name them, so that each is printed once: there, as a link, or else below
/// the text.
/// </summary>
internal sealed class TextLinks
{
    // What goes on behind one of these is a longer address or ref.
    private const string Joints = "./-_?=&#%~+:@";

    private readonly (string Text, string Target)[] _targets;

    /// <param name="row">The row.</param>
    /// <param name="anchor">The row of the page that a ref leads to; null where it leads nowhere.</param>
    public TextLinks(ReportRow row, Func<string, string?> anchor) => _targets =
    [
        .. row.EvidenceLinks.Select(link => (Text: link, Target: WebAddress(link) ?? ""))
            .Concat(row.CrossReferences.Select(reference => (Text: reference, Target: anchor(reference) is { } to ? $"#{to}" : "")))
            .Where(t => t.Target.Length > 0)
            .Distinct()
            .OrderByDescending(t => t.Text.Length),
    ];

    /// <summary>The address as a page can link to it; null where it is none of the web, and stays text.</summary>
    public static string? WebAddress(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.AbsoluteUri : null;

    public PageText In(PageText text) => _targets.Length == 0 ? text : text with { Paragraphs = [.. text.Paragraphs.Select(In)] };

    // A name is looked for in the whole paragraph: what follows it may be a run of its own.
    private PageRun[] In(IReadOnlyList<PageRun> paragraph)
    {
        var found = Find(string.Concat(paragraph.Select(r => r.Text)));
        var at = 0;
        return [.. paragraph.Select(run =>
        {
            at += run.Text.Length;
            return run with { Parts = Parts(run.Text, at - run.Text.Length, found) };
        })];
    }

    private List<(int At, string Name, string Target)> Find(string text)
    {
        List<(int, string, string)> found = [];
        for (var at = 0; at < text.Length; at++)
        {
            if (Array.Find(_targets, t => Stands(t.Text, text, at)) is not { Text: { } name } link)
                continue;

            found.Add((at, name, link.Target));
            at += name.Length - 1;
        }

        return found;
    }

    private static List<PagePart> Parts(string text, int start, List<(int At, string Name, string Target)> found)
    {
        List<PagePart> parts = [];
        var from = 0;
        foreach (var (at, name, target) in found)
        {
            var (begin, end) = (Math.Max(at - start, from), Math.Min(at + name.Length - start, text.Length));
            if (begin >= end)
                continue;
            if (begin > from)
                parts.Add(new PagePart(text[from..begin]));
            parts.Add(new PagePart(text[begin..end], target, name));
            from = end;
        }

        if (from < text.Length)
            parts.Add(new PagePart(text[from..]));
        return parts;
    }

    private static bool Stands(string name, string text, int at)
    {
        if (string.CompareOrdinal(text, at, name, 0, name.Length) != 0)
            return false;

        var end = at + name.Length;
        return (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || Joints.Contains(text[at - 1], StringComparison.Ordinal)))
            && (end == text.Length || !(char.IsLetterOrDigit(text[end])
                || (Joints.Contains(text[end], StringComparison.Ordinal) && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]))));
    }
}
