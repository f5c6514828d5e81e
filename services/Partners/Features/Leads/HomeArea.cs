using PlanServices.Partners.V1;

namespace PlanServices.Partners.Features.Leads;

/// <summary>
/// The area that a lead means when it names none: "Constabulary" is its constabulary. Its name before or behind a body's is
/// said or left out at will.
/// </summary>
internal sealed class HomeArea
{
    private const string Shire = "shire";

    // A shorter word may begin another one.
    private const int LongName = 10;

    private static readonly string[] Parts = ["east", "south", "north", "west"];

    // Words of areas' names that are words of other names too.
    private static readonly string[] Common = [.. Parts, "greater", "city", "police", "district", "valley", "metropolitan"];

    // Places that are no police area.
    private static readonly string[] Elsewhere =
    [
        "avon", "berkshire", "birmingham", "bristol", "buckinghamshire", "cheshire", "cleveland", "cornwall", "cumbria", "derbyshire",
        "devon", "dorset", "durham", "dyfed", "gloucestershire", "gwent", "hampshire", "hereford", "herefordshire", "humberside",
        "lancashire", "leicestershire", "lincolnshire", "london", "luton", "manchester", "mercia", "merseyside", "midland",
        "northamptonshire", "northumberland", "northumbria", "nottinghamshire", "oxfordshire", "powy", "rutland", "scotland",
        "shropshire", "somerset", "staffordshire", "surrey", "sussex", "thame", "wale", "warwickshire", "wiltshire",
        "worcestershire", "yorkshire",
    ];

    private readonly string[] _name;
    private readonly string[] _places;
    private readonly string[] _long;
    private readonly Dictionary<string, string[]> _areas;

    private HomeArea(string area, IReadOnlyList<PoliceArea> all)
    {
        var home = all.FirstOrDefault(a => a.Name == area) ?? throw new ArgumentException($"There is no {area}.", nameof(area));
        Name = area;
        _areas = all.ToDictionary(a => a.Name, a => NameWords.Of(a.DisplayName).ToArray());
        _name = _areas[area];
        _places = [.. home.Places];
        _long = [.. _name.Concat(_places).Where(w => w.Length >= LongName)];
        NearCounty = _name is [var county] && county.EndsWith(Shire, StringComparison.Ordinal) ? county[..^Shire.Length] : "";
        OtherPlaces = Elsewhere.Concat(_areas.Values.SelectMany(w => w)).Except(Common).Except(_name).Except(_places).ToHashSet();
    }

    /// <summary>The area: <c>policeAreas/{police_area}</c>.</summary>
    public string Name { get; }

    /// <summary>The county town, by whose name the county is called when letters are lost; empty where it has no such one.</summary>
    public string NearCounty { get; }

    /// <summary>
    /// Places outside the area. Each is a word of its own: "Herefordshire" is no mistyped "Hertfordshire", though one letter
    /// parts them.
    /// </summary>
    public IReadOnlySet<string> OtherPlaces { get; }

    public static HomeArea Of(string area, IReadOnlyList<PoliceArea> all) => new(area, all);

    /// <summary>Whether the words of a name have those of an area's name in them.</summary>
    public bool NameArea(IReadOnlyList<string> words, string area) => _areas.TryGetValue(area, out var name) && name.All(words.Contains);

    /// <summary>The words with the area's name whole: "Cambridgeshi re" and "PeterboroughCSP" are two words each way round.</summary>
    public IEnumerable<string> Mend(IReadOnlyList<string> words)
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
                while (_long.FirstOrDefault(p => word.Length > p.Length + 1 && word.StartsWith(p, StringComparison.Ordinal)) is { } glued)
                {
                    yield return glued;
                    word = word[glued.Length..];
                    if (_long.Any(p => word.StartsWith($"and{p}", StringComparison.Ordinal)))
                        word = word["and".Length..];
                }

                yield return word;
            }
        }
    }

    /// <summary>The words without the area's name, mistyped or not; all of them where nothing else would be left.</summary>
    public List<string> Drop(IReadOnlyList<string> words)
    {
        var dropped = new bool[words.Count];
        for (var i = 0; i < words.Count; i++)
        {
            if (!IsArea(words, i))
                continue;

            Array.Fill(dropped, true, i, _name.Length);
            if (i > 0 && IsPlace(words[i - 1]))
                dropped[i - 1] = true;

            if (PlaceAfter(words, i + _name.Length - 1) is var city and > 0)
                Array.Fill(dropped, true, i, city - i + 1);
        }

        var kept = words.Where((_, i) => !dropped[i]).ToList();
        return kept.Count > 0 ? kept : [.. words];
    }

    private bool IsPlace(string word) => Array.Exists(_places, p => IsLike(word, p));

    // Where a place's name stands behind the area's, with nothing or a mistyped "and" between them; -1 where it does not.
    private int PlaceAfter(IReadOnlyList<string> words, int last)
    {
        var between = "";
        for (var i = last + 1; i < words.Count && between.Length <= 4; i++)
        {
            if (IsPlace(words[i]))
                return between.Length == 0 || Spelling.Distance(between, "and") <= 1 ? i : -1;

            between += words[i];
        }

        return -1;
    }

    // A lone "s" at a word's end was taken for a plural.
    private string? Joined(string first, string second) =>
        _long.FirstOrDefault(p => first + second == p || $"{first}s{second}" == p);

    // Not the county: "South Cambridgeshire", nor "outh Cambridgeshire".
    private bool IsArea(IReadOnlyList<string> words, int at)
    {
        if (at + _name.Length > words.Count)
            return false;

        for (var i = 0; i < _name.Length; i++)
        {
            if (!IsLike(words[at + i], _name[i]))
                return false;
        }

        return !(at > 0 && words[at - 1].Length is > 2 and < 7 && Parts.Any(p => Spelling.Distance(words[at - 1], p) <= 1));
    }

    private bool IsLike(string word, string place) =>
        word == place
        || Math.Abs(word.Length - place.Length) <= 3
            && word.Length > 10
            && !OtherPlaces.Contains(word)
            && Spelling.Distance(word, place) <= Spelling.ErrorsInWord(word.Length);
}
