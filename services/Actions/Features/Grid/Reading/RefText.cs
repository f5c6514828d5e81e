using System.Globalization;
using System.Text.RegularExpressions;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>A ref: its letters, the action's number, and a sub-action's.</summary>
internal readonly record struct GridRef(string Prefix, int Number, int? Sub)
{
    public string? Parent => Sub is null ? null : Text(Prefix, Number, null);

    public override string ToString() => Text(Prefix, Number, Sub);

    private static string Text(string prefix, int number, int? sub) =>
        sub is { } s ? string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}.{s}") : string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
}

/// <summary>A reading of a damaged ref: the smaller the cost, the less had to be changed.</summary>
internal readonly record struct RefReading(GridRef Ref, int Cost);

/// <summary>Reads refs as they are printed, and as a page reader mistakes them.</summary>
internal static partial class RefText
{
    private const string Punctuation = ".,:;·•|()[]'\"`-–— ";

    // Digits and letters that stand for each other on a bad page.
    private static readonly Dictionary<char, string> LettersFor = new()
    {
        ['0'] = "OCDQ",
        ['1'] = "TIL",
        ['5'] = "S",
        ['8'] = "B",
        ['6'] = "GC",
        ['2'] = "Z",
        ['7'] = "T",
        ['4'] = "A",
        ['9'] = "P",
    };

    private static readonly Dictionary<char, char> DigitFor = new()
    {
        ['O'] = '0',
        ['Q'] = '0',
        ['D'] = '0',
        ['I'] = '1',
        ['L'] = '1',
        ['S'] = '5',
        ['B'] = '8',
        ['Z'] = '2',
        ['G'] = '6',
    };

    /// <summary>True where a cell holds nothing but what may be a ref, damaged or not.</summary>
    public static bool LooksLikeRef(string cell)
    {
        var text = Normalise(cell);
        return text.Length is > 0 and <= 10 && text.Any(char.IsAsciiDigit) && Shape().IsMatch(text);
    }

    /// <summary>The ref that a cell prints, where nothing had to be guessed: dots behind it and look-alike letters are no guess.</summary>
    public static GridRef? Plain(string cell) => Parse(Normalise(cell));

    /// <summary>
    /// The refs that a damaged cell may stand for. <paramref name="prefixes"/> are the letters that refs of this plan begin with.
    /// </summary>
    public static IEnumerable<RefReading> Readings(string cell, IReadOnlyCollection<string> prefixes)
    {
        var text = Normalise(cell);
        if (text.Length is 0 or > 14)
            yield break;

        if (Parse(text) is { } plain)
            yield return new RefReading(plain, prefixes.Contains(plain.Prefix) ? 0 : 6);

        foreach (var prefix in prefixes.Where(p => p.Length > 0))
        {
            // Lost altogether: "7" for T7.
            if (Parse(prefix + Digits(text)) is { } lost && char.IsAsciiDigit(text[0]))
                yield return new RefReading(lost, 3);
            // Taken for another sign: "17" for T7, "Y4" for V4.
            if (prefix.Length == 1 && text.Length > 1 && Parse(prefix + Digits(text[1..])) is { } taken)
                yield return new RefReading(taken, LettersFor.TryGetValue(text[0], out var letters) && letters.Contains(prefix[0], StringComparison.Ordinal) ? 1 : 4);
            // Letters within the number: "Tl0".
            if (text.StartsWith(prefix, StringComparison.Ordinal) && Parse(prefix + Digits(text[prefix.Length..])) is { } digits)
                yield return new RefReading(digits, 2);
        }
    }

    /// <summary>Look-alikes in Latin, capitals, no spaces, no dots at the ends, and a doubled sub-number once.</summary>
    public static string Normalise(string cell)
    {
        var text = LookAlikes.Fold(cell).ToUpperInvariant().Trim(Punctuation.ToCharArray()).Replace(" ", "", StringComparison.Ordinal);
        // "O1.1.1": the last number was printed twice, there being no third level.
        return Doubled().Match(text) is { Success: true } doubled ? doubled.Groups[1].Value : text;
    }

    private static GridRef? Parse(string text)
    {
        var match = Canonical().Match(text);
        if (!match.Success)
            return null;

        var sub = match.Groups[3].Success ? int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return new GridRef(match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture), sub);
    }

    private static string Digits(string text) => new([.. text.Select(c => DigitFor.GetValueOrDefault(c, c))]);

    [GeneratedRegex(@"^([A-Z]{0,4})-?([1-9][0-9]{0,4})(?:\.([1-9][0-9]{0,2}))?\z")]
    private static partial Regex Canonical();

    [GeneratedRegex(@"^([A-Z0-9]{1,6}\.([0-9]{1,2}))(?:\.\2)+\z")]
    private static partial Regex Doubled();

    [GeneratedRegex(@"^[A-Z]{0,4}[-.]?[0-9OILSB]{1,5}(?:\.[0-9OIL]{0,3}){0,3}\z")]
    private static partial Regex Shape();
}
