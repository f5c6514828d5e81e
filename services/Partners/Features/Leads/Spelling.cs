using System.Numerics;
using F23.StringSimilarity;

namespace PlanServices.Partners.Features.Leads;

/// <summary>How far words may be apart and still be the same word mistyped.</summary>
internal static class Spelling
{
    private static readonly OptimalStringAlignment Alignment = new();

    /// <summary>Letters lost, added, changed, or swapped with the next.</summary>
    public static int Distance(string a, string b) => (int)Alignment.Distance(a, b);

    /// <summary>
    /// The letters that a text has, one bit each. Texts whose letters differ by more than two for each error cannot be that near:
    /// a look at the bits spares most comparisons.
    /// </summary>
    public static uint Letters(string text)
    {
        var letters = 0u;
        foreach (var c in text)
            letters |= 1u << (c & 31);

        return letters;
    }

    /// <summary>False where texts with these letters cannot be so few errors apart.</summary>
    public static bool MayBeNear(uint a, uint b, int errors) => BitOperations.PopCount(a ^ b) <= 2 * errors;

    /// <summary>The most errors in a word of this length: none in a short one, where each letter makes another word.</summary>
    public static int ErrorsInWord(int length) => length switch { < 5 => 0, < 8 => 1, < 12 => 2, _ => 3 };

    /// <summary>The most errors in a name whose spaces went astray.</summary>
    public static int ErrorsInName(int length) => length switch { < 8 => 0, < 16 => 1, < 28 => 2, _ => 3 };

    /// <summary>
    /// True for an acronym with two neighbours swapped or a letter doubled or undoubled: "OPPC" and "OCPC" for "OPCC". Any other
    /// difference makes another acronym: "CSB" is no mistyped "CJB".
    /// </summary>
    public static bool IsSlipOf(string acronym, string word) =>
        acronym.Length >= 4
        && Math.Abs(acronym.Length - word.Length) <= 1
        && (Undouble(acronym) == Undouble(word) || IsSwap(acronym, word));

    /// <summary>A word whose digits look like letters, with the letters; null for one that mixes none.</summary>
    public static string? WithLettersForDigits(string word) =>
        word.Any(char.IsAsciiDigit) && word.Any(char.IsAsciiLetter)
            ? word.Replace('0', 'o').Replace('1', 'i').Replace('5', 's').Replace('8', 'b')
            : null;

    private static bool IsSwap(string a, string b)
    {
        if (a.Length != b.Length)
            return false;

        var first = 0;
        while (first < a.Length && a[first] == b[first])
            first++;

        return first + 1 < a.Length && a[first] == b[first + 1] && a[first + 1] == b[first]
            && a.AsSpan(first + 2).SequenceEqual(b.AsSpan(first + 2));
    }

    private static string Undouble(string word) =>
        string.Concat(word.Where((c, i) => i == 0 || word[i - 1] != c));
}
