using System.Globalization;
using System.Text;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Tells a title that a page damaged from one that was written anew.</summary>
internal static class TitleReadings
{
    private const int FewestLetters = 8;

    /// <summary>
    /// True where a title that was pulled from a page is what the plan has, only worse: the same letters with other spaces, dashes or
    /// look-alikes, or with some that could not be read, or cut off at an end.
    /// </summary>
    /// <param name="known">The title that the plan has.</param>
    /// <param name="read">The title as the page has it now.</param>
    public static bool IsDamaged(string known, string read)
    {
        if (known == read)
            return false;

        var (before, now) = (Letters(known), Letters(read));
        if (before == now)
            return Dirt(read) >= Dirt(known);

        return now.Length >= FewestLetters && now.Length < before.Length
            ? before.StartsWith(now, StringComparison.Ordinal) || before.EndsWith(now, StringComparison.Ordinal)
            : now.Length == before.Length && now.Contains('\uFFFD', StringComparison.Ordinal)
                && before.Zip(now).All(pair => pair.First == pair.Second || pair.Second == '\uFFFD');
    }

    // Letters and digits as they are meant, and what stands for a letter that could not be read.
    private static string Letters(string title)
    {
        var letters = new StringBuilder(title.Length);
        foreach (var c in LookAlikes.Fold(title.Normalize(NormalizationForm.FormKC)))
        {
            if (char.IsLetterOrDigit(c) || c == '\uFFFD')
                letters.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }

        return letters.ToString();
    }

    // Of two spellings of the same letters the one with fewer foreign letters and fewer torn words is the cleaner: pages tear words more
    // often than they join them.
    private static int Dirt(string title) => title.Count(c => c > 0x024F && char.IsLetter(c)) + title.Split(' ').Length;
}
