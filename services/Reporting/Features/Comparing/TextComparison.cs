using System.Text.RegularExpressions;
using DiffPlex;
using PlanServices.Reporting.V1;
using Kind = PlanServices.Reporting.V1.TextRun.Types.Kind;

namespace PlanServices.Reporting.Features.Comparing;

/// <summary>
/// Compares two texts word by word. Without the runs that are only in the new text it is the old one, and the other way round. A word or
/// two that stand between changes are counted with them: people read a new sentence, not its splinters.
/// </summary>
internal static partial class TextComparison
{
    private const int MostWordsBetweenChanges = 2;

    // Longer texts are compared line by line: the time that words take grows with the square.
    private const int MostPieces = 6000;

    public static IReadOnlyList<TextRun> Of(string before, string after)
    {
        var chunker = Pieces().Count(before) + Pieces().Count(after) > MostPieces ? (IChunker)new Lines() : new Words();
        var difference = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker);
        var runs = new Runs();
        var now = 0;
        foreach (var block in Changes.Settled(difference))
        {
            runs.Equal(string.Concat(difference.PiecesNew.Take(new Range(now, block.InsertStartB))));
            runs.Deleted(string.Concat(difference.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA)));
            runs.Inserted(string.Concat(difference.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB)));
            now = block.InsertStartB + block.InsertCountB;
        }

        runs.Equal(string.Concat(difference.PiecesNew.Skip(now)));
        return runs.End();
    }

    // An address of the web, letters and digits, white space, or what is none of them; the two halves of a character beyond the first plane stay together.
    [GeneratedRegex(@"https?://\S*[\p{L}\p{N}/]|[\p{L}\p{N}\p{M}'’]+|\s+|[^\s\p{L}\p{N}\p{M}'’]+")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"[\p{L}\p{N}\p{M}'’]+")]
    private static partial Regex Word();

    private sealed class Words : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => [.. Pieces().Matches(text).Select(m => m.Value)];
    }

    private sealed partial class Lines : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => [.. WithItsEnd().Matches(text).Select(m => m.Value)];

        [GeneratedRegex(@"[^\n]*\n|[^\n]+")]
        private static partial Regex WithItsEnd();
    }

    // Gathers changes until more than a word or two stay the same.
    private sealed class Runs
    {
        private readonly List<TextRun> _runs = [];
        private string _deleted = "";
        private string _inserted = "";
        private string _between = "";

        public void Equal(string text)
        {
            if (text.Length == 0)
                return;
            if (_runs.Count == 0 && _deleted.Length + _inserted.Length == 0)
                Add(Kind.Equal, text);
            else
                _between += text;
        }

        public void Deleted(string text) => Change(text, "");

        public void Inserted(string text) => Change("", text);

        public List<TextRun> End()
        {
            Flush();
            return _runs;
        }

        private void Change(string deleted, string inserted)
        {
            if (deleted.Length + inserted.Length == 0)
                return;
            if (_between.Length > 0 && (_between.Contains('\n', StringComparison.Ordinal) || Word().Count(_between) > MostWordsBetweenChanges))
                Flush();

            _deleted += _between + deleted;
            _inserted += _between + inserted;
            _between = "";
        }

        private void Flush()
        {
            Add(Kind.Deleted, _deleted);
            Add(Kind.Inserted, _inserted);
            Add(Kind.Equal, _between);
            (_deleted, _inserted, _between) = ("", "", "");
        }

        private void Add(Kind kind, string text)
        {
            if (text.Length > 0)
                _runs.Add(new TextRun { Kind = kind, Text = text });
        }
    }
}
