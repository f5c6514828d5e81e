using System.Text.RegularExpressions;
using Google.Protobuf;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>Finds what an item made wrong with a theme, and names it by the field of the item.</summary>
/// <param name="themes">The themes before the first item: what is wrong with them already is no item's fault.</param>
internal sealed partial class ThemeFaults(IEnumerable<Theme> themes)
{
    private readonly Dictionary<(string Place, string Description), int> _known = themes.SelectMany(Of).CountBy(f => f).ToDictionary();

    /// <summary>What is wrong with themes that was not before.</summary>
    /// <param name="themes">The themes as they are after the item.</param>
    /// <param name="change">The item's change.</param>
    /// <param name="field">Where the change stands in the request.</param>
    public List<FieldError> New(IEnumerable<Theme> themes, IMessage change, string field)
    {
        List<FieldError> errors = [];
        foreach (var (fault, count) in themes.SelectMany(Of).CountBy(f => f))
        {
            if (count > _known.GetValueOrDefault(fault))
                errors.Add(new FieldError(field + Within(change, fault.Place[(fault.Place.LastIndexOf('.') + 1)..]), fault.Description));
            _known[fault] = count;
        }

        return errors;
    }

    // Without its number in the list, which other items change.
    private static IEnumerable<(string Place, string Description)> Of(Theme theme) =>
        ThemeRules.Check(theme, theme.Name).Select(e => (Number().Replace(e.Field, ""), e.Description));

    // ".section.id" of an added section, ".summary" of a changed one; nothing where the change has no such field.
    private static string Within(IMessage change, string name)
    {
        if (change.Descriptor.FindFieldByName(name) is not null)
            return $".{name}";

        var part = change.Descriptor.Fields.InDeclarationOrder()
            .FirstOrDefault(f => f.FieldType == Google.Protobuf.Reflection.FieldType.Message && f.MessageType.FindFieldByName(name) is not null);
        return part is null ? "" : $".{part.Name}.{name}";
    }

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Number();
}
