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

    private static readonly HashSet<string> Part = ["east", "south", "north", "west"];

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

    /// <summary>The words without the area's name; all of them where nothing else would be left.</summary>
    public static List<string> Drop(IReadOnlyList<string> words)
    {
        List<string> kept = [];
        for (var i = 0; i < words.Count; i++)
        {
            if (!IsCounty(words, i) && !(words[i] == City && (IsCounty(words, i - 1) || IsCounty(words, i + 1))))
                kept.Add(words[i]);
        }

        return kept.Count > 0 ? kept : [.. words];
    }

    // Not the county: "South Cambridgeshire". A mistyped county is the county.
    private static bool IsCounty(IReadOnlyList<string> words, int at) =>
        at >= 0 && at < words.Count && IsCounty(words[at]) && !(at > 0 && Part.Contains(words[at - 1]));

    private static bool IsCounty(string word) =>
        word == County
        || word.Length is > 10 and < 18 && !OtherPlaces.Contains(word) && Spelling.Distance(word, County) <= Spelling.ErrorsInWord(word.Length);
}
