using System.Text.RegularExpressions;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Plans;

/// <summary>What the statuses mean in a plan that says nothing else, and the rules that a scheme obeys.</summary>
internal static partial class StatusSchemes
{
    /// <summary>
    /// The usual key of a plan's progress grid. Fills keep a contrast of 4.5:1 and more with the black letters that stand on them.
    /// </summary>
    public static StatusScheme Usual() => new()
    {
        Version = 1,
        Statuses =
        {
            Meaning(Status.Red, "Red", "Action or a decision is needed to get back on track.", "#f47c7c", "R"),
            Meaning(Status.Amber, "Amber", "Something has delayed delivery within the time frame.", "#ffc457", "A"),
            Meaning(Status.Green, "Green", "On target.", "#7fce8c", "G"),
            Meaning(Status.NotStarted, "Not started", "Work has not begun.", "#ffffff", "W"),
            Meaning(Status.Complete, "Complete", "Done; nothing more is reported.", "#8fb8ed", "C"),
            Meaning(Status.NotRated, "Not rated", "Deliberately without a rating, for the reason given.", "#d9d2e9", "N"),
            Meaning(Status.Unspecified, "Not recorded", "No status was recorded.", "#e6e6e6", "–"),
        },
    };

    /// <summary>The labels by which a grid of this plan may print a status.</summary>
    public static Dictionary<string, Status> Labels(StatusScheme scheme) => scheme.Statuses
        .Where(s => s.Status != Status.Unspecified && s.Label.Length > 0)
        .GroupBy(s => s.Label, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(g => g.Key, g => g.First().Status, StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with a scheme that a caller sent.</summary>
    public static IEnumerable<FieldError> Check(StatusScheme scheme, string field)
    {
        var seen = new HashSet<Status>();
        for (var i = 0; i < scheme.Statuses.Count; i++)
        {
            var meaning = scheme.Statuses[i];
            var at = $"{field}.statuses[{i}]";
            if (!Enum.IsDefined(meaning.Status))
                yield return new FieldError($"{at}.status", $"{(int)meaning.Status} is no status.");
            if (!seen.Add(meaning.Status))
                yield return new FieldError($"{at}.status", "The status is explained twice.");
            if (meaning.Label.Length is 0 or > 40)
                yield return new FieldError($"{at}.label", "It is required, at most 40 characters.");
            if (meaning.Meaning.Length > 400)
                yield return new FieldError($"{at}.meaning", "It is over 400 characters.");
            if (meaning.Colour.Length > 0 && !Colour().IsMatch(meaning.Colour))
                yield return new FieldError($"{at}.colour", "It is no colour of the form #rrggbb.");
            if (meaning.Symbol.Length > 2)
                yield return new FieldError($"{at}.symbol", "It is over two characters.");
        }
    }

    private static StatusMeaning Meaning(Status status, string label, string meaning, string colour, string symbol) =>
        new() { Status = status, Label = label, Meaning = meaning, Colour = colour, Symbol = symbol };

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Colour();
}
