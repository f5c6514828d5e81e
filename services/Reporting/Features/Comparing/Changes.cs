using DiffPlex.Model;

namespace PlanServices.Reporting.Features.Comparing;

/// <summary>
/// Where a stretch that came or went can be said to begin at several places, since what it begins with follows it too, this takes the
/// place at which people see it: a new sentence is new from its first word to its stop, not from the stop before it.
/// </summary>
internal static class Changes
{
    /// <summary>The changes, each moved to where a line, a sentence or a word begins, as far as it can be moved.</summary>
    public static IEnumerable<DiffBlock> Settled(DiffResult difference)
    {
        var (old, current, blocks) = (difference.PiecesOld, difference.PiecesNew, difference.DiffBlocks);
        var (oldFrom, newFrom) = (0, 0);
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            var (oldTo, newTo) = i + 1 < blocks.Count ? (blocks[i + 1].DeleteStartA, blocks[i + 1].InsertStartB) : (old.Count, current.Count);
            var shift = (block.DeleteCountA, block.InsertCountB) switch
            {
                (0, _) => Shift(current, block.InsertStartB, block.InsertCountB, newFrom, newTo),
                (_, 0) => Shift(old, block.DeleteStartA, block.DeleteCountA, oldFrom, oldTo),
                _ => 0,
            };
            var settled = new DiffBlock(block.DeleteStartA + shift, block.DeleteCountA, block.InsertStartB + shift, block.InsertCountB);
            (oldFrom, newFrom) = (settled.DeleteStartA + settled.DeleteCountA, settled.InsertStartB + settled.InsertCountB);
            yield return settled;
        }
    }

    private static int Shift(IReadOnlyList<string> pieces, int start, int count, int from, int to)
    {
        var (low, high) = (0, 0);
        while (start + low > from && pieces[start + low - 1] == pieces[start + low + count - 1])
            low--;
        while (start + high + count < to && pieces[start + high] == pieces[start + high + count])
            high++;

        return Enumerable.Range(low, high - low + 1).Prepend(0).MaxBy(shift => Fit(pieces, start + shift, count));
    }

    // Reports grow at their end: what can be what was added there, is.
    private static int Fit(IReadOnlyList<string> pieces, int at, int count) =>
        at + count == pieces.Count && (string.IsNullOrWhiteSpace(pieces[at]) || Beginning(pieces, at) > 0) ? 4 : Beginning(pieces, at);

    // How good a place is to begin at: a line, a sentence, a word.
    private static int Beginning(IReadOnlyList<string> pieces, int at)
    {
        if (at == 0 || pieces[at - 1].Contains('\n', StringComparison.Ordinal))
            return 3;
        if (!string.IsNullOrWhiteSpace(pieces[at - 1]))
            return 0;

        return at > 1 && pieces[at - 2][^1] is '.' or '!' or '?' or ';' or ':' ? 2 : 1;
    }
}
