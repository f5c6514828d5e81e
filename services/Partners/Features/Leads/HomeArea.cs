namespace PlanServices.Partners.Features.Leads;

/// <summary>
/// The area that a lead means when it names none: "Constabulary" is its constabulary. Its name before or behind a body's is
/// said or left out at will.
/// </summary>
internal static class HomeArea
{
    private const string County = "cambridgeshire";
    private const string City = "peterborough";

    /// <summary>The county town, by whose name the county is called when letters are lost.</summary>
    public const string NearCounty = "cambridge";

    private static readonly string[] Places = [County, City];
    private static readonly string[] Parts = ["east", "south", "north", "west"];

    /// <summary>
    /// Places outside the area. Each is a word of its own: "Herefordshire" is no mistyped "Hertfordshire", though one letter
    /// parts them.
    /// </summary>
    public static readonly HashSet<string> OtherPlaces =
    [
        "avon", "berkshire", "birmingham", "bristol", "buckinghamshire", "cheshire", "cleveland", "cornwall", "cumbria", "derbyshire",
        "devon", "dorset", "durham", "dyfed", "gloucestershire", "gwent", "hampshire", "hereford", "herefordshire", "humberside",
        "lancashire", "leicestershire", "lincolnshire", "london", "luton", "manchester", "mercia", "merseyside", "midland",
        "northamptonshire", "northumberland", "northumbria", "nottinghamshire", "oxfordshire", "powy", "rutland", "scotland",
        "shropshire", "somerset", "staffordshire", "surrey", "sussex", "thame", "wale", "warwickshire", "wiltshire",
        "worcestershire", "yorkshire",
    ];

    /// <summary>The words with the area's name whole: "Cambridgeshi re" and "PeterboroughCSP" are two words each way round.</summary>
    public static IEnumerable<string> Mend(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (i + 1 < words.Count && Joined(word, words[i + 1]) is { } place)
            {
                i++;
                yield return place;
            }
            else
            {
                // "CambridgeshireandPeterboroughCSPs"
                while (Places.FirstOrDefault(p => word.Length > p.Length + 1 && word.StartsWith(p, StringComparison.Ordinal)) is { } glued)
                {
                    yield return glued;
                    word = word[glued.Length..];
                    if (Places.Any(p => word.StartsWith($"and{p}", StringComparison.Ordinal)))
                        word = word["and".Length..];
                }

                yield return word;
            }
        }
    }

    /// <summary>The words without the area's name, mistyped or not; all of them where nothing else would be left.</summary>
    public static List<string> Drop(IReadOnlyList<string> words)
    {
        var dropped = new bool[words.Count];
        for (var i = 0; i < words.Count; i++)
        {
            if (!IsCounty(words, i))
                continue;

            dropped[i] = true;
            if (i > 0 && IsLike(words[i - 1], City))
                dropped[i - 1] = true;

            if (CityAfter(words, i) is var city and > 0)
                Array.Fill(dropped, true, i, city - i + 1);
        }

        var kept = words.Where((_, i) => !dropped[i]).ToList();
        return kept.Count > 0 ? kept : [.. words];
    }

    // Where the city's name stands behind the county's, with nothing or a mistyped "and" between them; -1 where it does not.
    private static int CityAfter(IReadOnlyList<string> words, int county)
    {
        var between = "";
        for (var i = county + 1; i < words.Count && between.Length <= 4; i++)
        {
            if (IsLike(words[i], City))
                return between.Length == 0 || Spelling.Distance(between, "and") <= 1 ? i : -1;

            between += words[i];
        }

        return -1;
    }

    // A lone "s" at a word's end was taken for a plural.
    private static string? Joined(string first, string second) =>
        Places.FirstOrDefault(p => first + second == p || $"{first}s{second}" == p);

    // Not the county: "South Cambridgeshire", nor "outh Cambridgeshire".
    private static bool IsCounty(IReadOnlyList<string> words, int at) =>
        IsLike(words[at], County)
        && !(at > 0 && words[at - 1].Length is > 2 and < 7 && Parts.Any(p => Spelling.Distance(words[at - 1], p) <= 1));

    private static bool IsLike(string word, string place) =>
        word == place
        || Math.Abs(word.Length - place.Length) <= 3
            && word.Length > 10
            && !OtherPlaces.Contains(word)
            && Spelling.Distance(word, place) <= Spelling.ErrorsInWord(word.Length);
}
