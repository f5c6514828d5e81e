using System.Text;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.ServiceDefaults.Text;

/// <summary>
/// Removes a text from whatever people wrote: every string of a message that is no name, id or etag. It is found as people and their
/// programs write it: in any case, with any white space between its words or as links have it, with any apostrophe, quotation mark or dash.
/// </summary>
public sealed class TextRemoval(string text)
{
    /// <summary>What stands where a text was removed.</summary>
    public const string Mark = "[expunged]";

    // Ids and names of resources, which no text of people is in.
    private static readonly HashSet<string> Ids = ["name", "ref", "etag", "deleted", "field", "colour", "ref_prefix", "caller", "refresh",
        "id", "moved_from", "moved_to", "replaces", "replaced_by", "section", "theme", "plan_action", "outcome", "pledge"];

    // What stands for each other.
    private static readonly string[] Alike = ["'’‘ʼ‛′´`", "\"“”„‟″", "-‐‑‒–—―−"];

    private readonly Regex _pattern = Pattern(text);

    /// <summary>How often it was found so far.</summary>
    public int Occurrences { get; private set; }

    /// <summary>The removal of a text that a request names. INVALID_ARGUMENT where it is too short to be meant, or too long.</summary>
    public static TextRemoval Of(string text) => text.Trim().Length is >= 3 and <= 1000
        ? new TextRemoval(text)
        : throw ApiErrors.InvalidField("text", "It is required, 3 to 1,000 characters.");

    /// <summary>The reason for the removal, checked: it stays, so it must not have the text.</summary>
    public string CheckReason(string reason) => !Contains(Reasons.Check(reason))
        ? reason
        : throw ApiErrors.InvalidField("reason", "It has the text itself, and would stay in the log.");

    public bool Contains(string value) => _pattern.IsMatch(Folded(value));

    /// <summary>The text with each occurrence removed.</summary>
    public string From(string value)
    {
        var without = new StringBuilder();
        var at = 0;
        foreach (Match match in _pattern.Matches(Folded(value)))
        {
            without.Append(value, at, match.Index - at).Append(Mark);
            at = match.Index + match.Length;
            Occurrences++;
        }

        return at == 0 ? value : without.Append(value, at, value.Length - at).ToString();
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

    // As the ordinal comparison has it, which knows more letters than a pattern that ignores case. It keeps each sign's place.
    private static string Folded(string value) => value.ToUpperInvariant();

    private static Regex Pattern(string text)
    {
        var words = Folded(text).Replace("%20", " ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new Regex(string.Join(@"(?:\s|%20)+", words.Select(word => string.Concat(word.Select(Sign)))), RegexOptions.CultureInvariant);
    }

    private static string Sign(char sign) =>
        Array.Find(Alike, signs => signs.Contains(sign, StringComparison.Ordinal)) is { } signs
            ? $"[{string.Concat(signs.Select(s => Regex.Escape(s.ToString()).Replace("-", @"\-", StringComparison.Ordinal)))}]"
            : Regex.Escape(sign.ToString());

    // A message may be called as an id is elsewhere (the theme of a change, the section that is added): it is always looked into.
    private static bool IsText(FieldDescriptor field) => field.FieldType == FieldType.Message
        || (field.FieldType == FieldType.String
            && !Ids.Contains(field.Name)
            && field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) is null);
}
