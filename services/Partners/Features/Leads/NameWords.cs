using System.Text;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Partners.Features.Leads;

/// <summary>
/// Takes a name apart into words that are alike however it is written: no case, no punctuation, no accents of the page reader,
/// no plural, no small words, common abbreviations in full.
/// </summary>
internal static class NameWords
{
    private static readonly HashSet<string> Small =
        ["the", "and", "of", "for", "to", "in", "by", "with", "via", "at", "lead", "led"];

    // Abbreviations of words, not of bodies: those stand in the directory as aliases.
    private static readonly Dictionary<string, string[]> Full = new()
    {
        ["da"] = ["domestic", "abuse"],
        ["sv"] = ["sexual", "violence"],
        ["dasv"] = ["domestic", "abuse", "sexual", "violence"],
        ["mh"] = ["mental", "health"],
        ["rj"] = ["restorative", "justice"],
        ["grp"] = ["group"],
        ["gp"] = ["group"],
        ["bd"] = ["board"],
        ["brd"] = ["board"],
        ["cttee"] = ["committee"],
        ["dept"] = ["department"],
        ["svc"] = ["service"],
        ["auth"] = ["authority"],
        ["strat"] = ["strategic"],
        ["comm"] = ["communication"],
        ["dc"] = ["district", "council"],
        ["cambs"] = ["cambridgeshire"],
        ["cp"] = ["cambridgeshire", "peterborough"],
        ["pboro"] = ["peterborough"],
        ["hunt"] = ["huntingdonshire"],
        ["hert"] = ["hertfordshire"],
        ["bed"] = ["bedfordshire"],
    };

    /// <summary>The words of a text, in order. Empty for one of punctuation only.</summary>
    public static List<string> Of(string text)
    {
        List<string> words = [];
        var letters = new StringBuilder();
        foreach (var word in Split(LookAlikes.Fold(text)))
        {
            if (word.Length == 1)
            {
                letters.Append(word);
                continue;
            }

            AddLetters(words, letters);
            Add(words, word);
        }

        AddLetters(words, letters);
        return words;
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (IsInvisible(c))
                continue;

            if (Spell(c) is { } spelled)
            {
                word.Append(spelled);
            }
            else if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    // "O.P.C.C." and "C C J B" are one word.
    private static void AddLetters(List<string> words, StringBuilder letters)
    {
        if (letters.Length > 0)
            Add(words, letters.ToString());

        letters.Clear();
    }

    private static void Add(List<string> words, string word)
    {
        var singular = Singular(word);
        if (Small.Contains(singular))
            return;

        if (Full.TryGetValue(word, out var full) || Full.TryGetValue(singular, out full))
            words.AddRange(full);
        else
            words.Add(singular);
    }

    private static string Singular(string word) => word switch
    {
        "cambs" => word,
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') => word[..^1],
        _ => word,
    };

    // Apostrophes, soft hyphens and zero-width marks stand inside words.
    private static bool IsInvisible(char c) =>
        c is '\'' or '’' or '‘' or '`' or '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';

    // Ligatures that page readers keep, and full-width letters.
    private static string? Spell(char c) => c switch
    {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        >= '！' and <= '～' when char.IsLetterOrDigit((char)(c - 0xFEE0)) => char.ToLowerInvariant((char)(c - 0xFEE0)).ToString(),
        _ => null,
    };
}
