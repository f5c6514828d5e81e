using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports.Pages;

/// <summary>A stretch of a cell's text.</summary>
/// <param name="Text">The text; it holds no line end.</param>
/// <param name="IsNew">Whether it was not in the report before.</param>
public readonly record struct PageRun(string Text, bool IsNew)
{
    /// <summary>The same text, in links and what stands between them.</summary>
    public IReadOnlyList<PagePart> Parts { get => field ?? [new PagePart(Text)]; init; }
}

/// <summary>A cell's text: paragraphs of runs, or the reason for which the audience does not see it.</summary>
public sealed record PageText(IReadOnlyList<IReadOnlyList<PageRun>> Paragraphs, string NotShown)
{
    private const string ClosesWord = ".,;:!?)]”’";

    public static readonly PageText Empty = new([], "");

    public bool HasNew => Paragraphs.Any(p => p.Any(r => r.IsNew));

    /// <summary>A field of a row, with what is new in it since the report before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="field">The field, as the contract spells it.</param>
    /// <param name="text">What stands there.</param>
    public static PageText Of(ReportRow row, string field, string text)
    {
        if (row.Withheld.FirstOrDefault(w => w.Field == field) is { } withheld)
            return new PageText([], withheld.Reason);

        var compared = row.Comparison?.Fields.FirstOrDefault(f => f.Field == field);
        // What no longer fits the text says nothing about it.
        var runs = compared is { Runs.Count: > 0 } && string.Concat(Kept(compared).Select(r => r.Text)) == text
            ? Kept(compared).Select(r => new PageRun(r.Text, r.Kind == TextRun.Types.Kind.Inserted))
            : [new PageRun(text, false)];
        return new PageText([.. Split(runs)], "");
    }

    private static IEnumerable<TextRun> Kept(FieldComparison compared) => compared.Runs.Where(r => r.Kind != TextRun.Types.Kind.Deleted);

    // A run that spans lines goes on in each of them; empty lines are left out.
    private static IEnumerable<IReadOnlyList<PageRun>> Split(IEnumerable<PageRun> runs)
    {
        List<PageRun> paragraph = [];
        foreach (var run in runs)
        {
            var lines = run.Text.Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (i > 0 && Whole(paragraph))
                {
                    yield return paragraph;
                    paragraph = [];
                }
                else if (i > 0)
                {
                    paragraph.Clear();
                }

                if (run.IsNew)
                    AddNew(paragraph, lines[i]);
                else
                    Add(paragraph, lines[i], false);
            }
        }

        if (Whole(paragraph))
            yield return paragraph;
    }

    // A full stop or a comma is no news. The mark and the underline begin at a word: what closes the word before it, and white space, stay
    // outside, and there is some before.
    private static void AddNew(List<PageRun> paragraph, string text)
    {
        var words = text.Trim();
        if (words.All(c => char.IsPunctuation(c) || char.IsWhiteSpace(c)))
        {
            Add(paragraph, text, false);
            return;
        }

        words = words.TrimStart([.. words.TakeWhile(c => ClosesWord.Contains(c, StringComparison.Ordinal) || char.IsWhiteSpace(c))]);
        var start = text.IndexOf(words, StringComparison.Ordinal);
        Add(paragraph, text[..start], false);
        if (paragraph is [.., var before] && !char.IsWhiteSpace(before.Text[^1]))
            Add(paragraph, " ", false);
        Add(paragraph, words, true);
        Add(paragraph, text[(start + words.Length)..], false);
    }

    private static void Add(List<PageRun> paragraph, string text, bool isNew)
    {
        if (text.Length > 0)
            paragraph.Add(new PageRun(text, isNew));
    }

    private static bool Whole(List<PageRun> paragraph) => paragraph.Any(r => r.Text.Trim().Length > 0);
}
