using System.Text.RegularExpressions;

namespace PlanServices.Dashboard.Reading;

/// <summary>Resource names in the services' sentences as people say them: <c>plans/county/actions/V3</c> is "V3".</summary>
internal static partial class PlainNames
{
    public static string In(string sentence)
    {
        var said = Name().Replace(sentence, Plain);
        return said.Length == 0 ? said : char.ToUpperInvariant(said[0]) + said[1..];
    }

    private static string Plain(Match match) => match.Groups["update"].Success
        ? $"the update of {match.Groups["id"]} for {match.Groups["update"]}"
        : match.Groups["kind"].Value switch
        {
            "" => $"plan {match.Groups["plan"]}",
            "actions" => $"{match.Groups["id"]}",
            "refreshes" => $"refresh {match.Groups["id"]}",
            var kind => $"{kind[..^1]} {match.Groups["id"]}",
        };

    [GeneratedRegex(@"\bplans/(?<plan>[a-z0-9-]+)(?:/(?<kind>themes|periods|actions|reports|refreshes)/(?<id>[\w-]+(?:\.\w+)*)(?:/updates/(?<update>[\d-]+))?)?")]
    private static partial Regex Name();
}
