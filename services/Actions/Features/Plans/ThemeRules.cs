using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Plans;

/// <summary>What a theme may say.</summary>
internal static class ThemeRules
{
    private const int MostPosition = 9999;
    private const int MostEntries = 100;
    private const int MostText = 4000;

    /// <summary>What is wrong with a theme.</summary>
    public static List<FieldError> Check(Theme theme, string field)
    {
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(theme.DisplayName) || theme.DisplayName.Length > 200)
            Add("display_name", "It is required, at most 200 characters.");
        errors.AddWrong($"{field}.display_name", theme.DisplayName);
        if (theme.RefPrefix.Length > 4 || !theme.RefPrefix.All(char.IsAsciiLetterUpper))
            Add("ref_prefix", "It is at most 4 letters A to Z.");
        if (theme.Position is < 0 or > MostPosition)
            Add("position", $"It is 1 to {MostPosition}.");

        List("sections", [.. theme.Sections.Select(s => (s.Id, s.DisplayName, s.Summary))], "summary");
        List("pledges", [.. theme.Pledges.Select(p => (p.Id, p.DisplayName, p.Text))], "text");
        List("measures_of_success", [.. theme.MeasuresOfSuccess.Select(m => (m.Id, m.DisplayName, ""))], "");
        List("outcomes", [.. theme.Outcomes.Select(o => (o.Id, o.DisplayName, ""))], "");
        return errors;

        void Add(string at, string description) => errors.Add(new FieldError($"{field}.{at}", description));

        void List(string list, (string Id, string DisplayName, string Text)[] entries, string textField)
        {
            if (entries.Length > MostEntries)
                Add(list, $"There are {entries.Length}; at most {MostEntries} are kept.");
            for (var i = 0; i < entries.Length; i++)
            {
                var (id, displayName, text) = entries[i];
                if (!ResourceName.IsId(id))
                    Add($"{list}[{i}].id", "It is no id: 1 to 63 of a-z, 0-9 and -, starting with a letter.");
                else if (entries.Take(i).Any(e => e.Id == id))
                    Add($"{list}[{i}].id", $"'{id}' is there twice.");
                if (string.IsNullOrWhiteSpace(displayName) || displayName.Length > 200)
                    Add($"{list}[{i}].display_name", "It is required, at most 200 characters.");
                if (text.Length > MostText)
                    Add($"{list}[{i}].{textField}", $"It is over {MostText:N0} characters.");
                errors.AddWrong($"{field}.{list}[{i}].display_name", displayName);
                errors.AddWrong($"{field}.{list}[{i}].{textField}", text);
            }
        }
    }
}
