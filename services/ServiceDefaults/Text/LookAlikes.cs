using System.Buffers;
using System.Text;

namespace PlanServices.ServiceDefaults.Text;

/// <summary>
/// Letters of other alphabets that a page reader takes for Latin ones: an initial "СК" in Cyrillic prints as the Latin "CK" does.
/// </summary>
public static class LookAlikes
{
    // Cyrillic and Greek capitals and small letters whose print cannot be told from the Latin letter (Unicode TR39, the subset
    // that occurs in refs, initials and short names), and the Cyrillic Ze that stands for a three.
    private const string Foreign = "АВЕЅІЈКМНОРСТУХԚԜаеѕіјорсухԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονЗз";
    private const string Latin = "ABESIJKMHOPCTYXQWaesijopcyxqwABEZHIKMNOPTYXov33";

    private static readonly SearchValues<char> AnyForeign = SearchValues.Create(Foreign);

    /// <summary>True where <paramref name="text"/> holds a letter that only looks Latin.</summary>
    public static bool Any(string text) => text.AsSpan().IndexOfAny(AnyForeign) >= 0;

    /// <summary>Writes each look-alike letter as the Latin letter or digit that it looks like; leaves all else.</summary>
    public static string Fold(string text)
    {
        if (!Any(text))
            return text;

        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var at = Foreign.IndexOf(c, StringComparison.Ordinal);
            folded.Append(at < 0 ? c : Latin[at]);
        }

        return folded.ToString();
    }
}
