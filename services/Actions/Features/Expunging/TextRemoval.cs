using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PlanServices.Actions.Features.Expunging;

/// <summary>Removes a text from whatever people wrote: every string of a message that is no name, id or etag.</summary>
internal sealed class TextRemoval(string text)
{
    /// <summary>What stands where a text was removed.</summary>
    public const string Mark = "[expunged]";

    // Ids and names of resources, which no text of people is in.
    private static readonly HashSet<string> Ids = ["name", "ref", "etag", "deleted", "field", "colour", "ref_prefix", "caller", "refresh",
        "id", "moved_from", "moved_to", "replaces", "replaced_by", "section", "theme", "plan_action", "outcome", "pledge"];

    /// <summary>How often it was found so far.</summary>
    public int Occurrences { get; private set; }

    public bool Contains(string value) => value.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text with each occurrence removed.</summary>
    public string From(string value)
    {
        if (!Contains(value))
            return value;

        for (var at = value.IndexOf(text, StringComparison.OrdinalIgnoreCase); at >= 0; at = value.IndexOf(text, at + text.Length, StringComparison.OrdinalIgnoreCase))
            Occurrences++;

        return value.Replace(text, Mark, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Removes it from a list; true where it stood in it.</summary>
    public bool From(IList<string> values)
    {
        var found = false;
        for (var i = 0; i < values.Count; i++)
        {
            var without = From(values[i]);
            found |= !ReferenceEquals(without, values[i]);
            values[i] = without;
        }

        return found;
    }

    /// <summary>Removes it from a message and the messages in it; true where it stood there.</summary>
    public bool From(IMessage message)
    {
        var found = false;
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(IsText))
        {
            switch (field.Accessor.GetValue(message))
            {
                case string value when Contains(value):
                    field.Accessor.SetValue(message, From(value));
                    found = true;
                    break;
                case IList<string> values:
                    found |= From(values);
                    break;
                case IMessage inner:
                    found |= From(inner);
                    break;
                case System.Collections.IList inners when field.FieldType == FieldType.Message && !field.IsMap:
                    foreach (var inner in inners)
                        found |= From((IMessage)inner);
                    break;
            }
        }

        return found;
    }

    // A message may be called as an id is elsewhere (the theme of a change, the section that is added): it is always looked into.
    private static bool IsText(FieldDescriptor field) => field.FieldType == FieldType.Message
        || (field.FieldType == FieldType.String
            && !Ids.Contains(field.Name)
            && field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) is null);
}
