using System.Text.RegularExpressions;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Names;

/// <summary>The form of a resource's name, such as <c>plans/{plan}/actions/{action}</c>: takes names apart and puts them together.</summary>
public sealed partial class ResourceName
{
    /// <summary>The id that stands for "any" where a method reads across collections (AIP-159).</summary>
    public const string Any = "-";

    public static readonly ResourceName Plan = new("plans/{plan}");
    public static readonly ResourceName Theme = new("plans/{plan}/themes/{theme}");
    public static readonly ResourceName Section = new("plans/{plan}/themes/{theme}/sections/{section}");
    public static readonly ResourceName PlanRefresh = new("plans/{plan}/refreshes/{refresh}");
    public static readonly ResourceName Period = new("plans/{plan}/periods/{period}");
    public static readonly ResourceName PlanAction = new("plans/{plan}/actions/{ref}");
    public static readonly ResourceName ProgressUpdate = new("plans/{plan}/actions/{ref}/updates/{period}");
    public static readonly ResourceName StatusSummary = new("plans/{plan}/periods/{period}/summary");
    public static readonly ResourceName Report = new("plans/{plan}/reports/{report}");
    public static readonly ResourceName Partner = new("partners/{partner}");
    public static readonly ResourceName Officer = new("partners/{partner}/officers/{officer}");
    public static readonly ResourceName Relation = new("relations/{relation}");
    public static readonly ResourceName PoliceArea = new("policeAreas/{police_area}");
    public static readonly ResourceName ApiClient = new("clients/{client}");

    private readonly string[] _segments;
    private readonly int _ids;

    private ResourceName(string pattern)
    {
        Pattern = pattern;
        _segments = pattern.Split('/');
        _ids = _segments.Count(s => s[0] == '{');
    }

    public string Pattern { get; }

    /// <summary>The name with these ids, in the pattern's order.</summary>
    public string Of(params ReadOnlySpan<string> ids)
    {
        var segments = new string[_segments.Length];
        var next = 0;
        for (var i = 0; i < segments.Length; i++)
            segments[i] = _segments[i][0] == '{' ? ids[next++] : _segments[i];

        return string.Join('/', segments);
    }

    /// <summary>The ids of a name, in the pattern's order; null where the name has another form.</summary>
    public string[]? TryParse(string name)
    {
        var ids = new string[_ids];
        var rest = name.AsSpan();
        var next = 0;
        for (var i = 0; i < _segments.Length; i++)
        {
            var end = rest.IndexOf('/');
            // The last segment, and no other, has nothing behind it.
            if (end < 0 != (i == _segments.Length - 1))
                return null;

            var segment = end < 0 ? rest : rest[..end];
            if (_segments[i][0] == '{')
            {
                if (segment.Length is 0 or > 63)
                    return null;
                ids[next++] = segment.ToString();
            }
            else if (!segment.SequenceEqual(_segments[i]))
            {
                return null;
            }

            rest = rest[(end + 1)..];
        }

        return ids;
    }

    /// <summary>The ids of a name that a request brings in a field; INVALID_ARGUMENT names the field where the form is wrong.</summary>
    public string[] Parse(string name, string field) => TryParse(name) ?? throw ApiErrors.InvalidField(
        field, name.Length == 0 ? $"It is required: {Pattern}." : $"'{Shorten(name)}' is not of the form {Pattern}.");

    /// <summary>Whether an id can be chosen (AIP-122): 1 to 63 of a-z, 0-9 and -, starting with a letter.</summary>
    public static bool IsId(string id) => ChosenId().IsMatch(id);

    /// <summary>Checks an id that a caller chose (AIP-122): 1 to 63 of a-z, 0-9 and -, starting with a letter.</summary>
    public static string CheckId(string id, string field) => ChosenId().IsMatch(id) ? id : throw ApiErrors.InvalidField(
        field,
        id.Length == 0 ? "It is required." : $"'{Shorten(id)}' is no id: 1 to 63 of a-z, 0-9 and -, starting with a letter, not ending with -.");

    /// <summary>Checks a period's id: the year and month of its as-at date.</summary>
    public static string CheckPeriodId(string id, string field) => PeriodId().IsMatch(id) ? id : throw ApiErrors.InvalidField(
        field, id.Length == 0 ? "It is required: year and month, 2018-10." : $"'{Shorten(id)}' is no period: year and month, 2018-10.");

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?\\z")]
    private static partial Regex ChosenId();

    [GeneratedRegex("^[0-9]{4}-(0[1-9]|1[0-2])\\z")]
    private static partial Regex PeriodId();
}
