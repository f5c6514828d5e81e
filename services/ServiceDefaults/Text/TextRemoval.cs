using System.Collections.Concurrent;
using System.Text;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.ServiceDefaults.Text;

/// <summary>
/// Removes a text from whatever people wrote: every string of a message that is no name, id or etag. It is found as people and their
/// programs write it: see <see cref="ComparedText"/>.
/// </summary>
public sealed class TextRemoval(string text)
{
    /// <summary>What stands where a text was removed.</summary>
    public const string Mark = "[expunged]";

    private const int Shortest = 3;
    private const int Longest = 1000;
    private const int Around = 40;
    private const int MostExcerpts = 20;

    // Ids and names of resources, which no text of people is in.
    private static readonly HashSet<string> Ids = ["name", "ref", "etag", "deleted", "field", "colour", "ref_prefix", "caller", "refresh",
        "id", "moved_from", "moved_to", "replaces", "replaced_by", "section", "theme", "plan_action", "outcome", "pledge"];

    // A field's options are copied each time that somebody asks for them.
    private static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor[]> Texts = new();

    private readonly List<string> _excerpts = [];

    private readonly string _compared = ComparedText.Of(text).Trim() is { Length: > 0 } compared
        ? compared
        : throw new ArgumentException("It has nothing to compare.", nameof(text));

    /// <summary>How often it was found so far.</summary>
    public int Occurrences { get; private set; }

    /// <summary>What stood around it, each once, the first of them.</summary>
    public IReadOnlyList<string> Excerpts => _excerpts;

    /// <summary>The removal of a text that a request names. INVALID_ARGUMENT where it is too short to be meant, or too long.</summary>
    public static TextRemoval Of(string text) => text.Trim().Length <= Longest && ComparedText.Of(text).Trim().Length >= Shortest
        ? new TextRemoval(text)
        : throw ApiErrors.InvalidField("text", "It is required, 3 to 1,000 characters without those that part words.");

    /// <summary>The reason for the removal, checked: it stays, so it must not have the text.</summary>
    public string CheckReason(string reason) => !Contains(Reasons.Check(reason))
        ? reason
        : throw ApiErrors.InvalidField("reason", "It has the text itself, and would stay in the log.");

    /// <summary>Whether a text has it. The marks of what was removed before are no part of that.</summary>
    public bool Contains(string value) =>
        Array.Exists(value.Split(Mark), part => ComparedText.Of(part).Contains(_compared, StringComparison.Ordinal));

    /// <summary>The text with each occurrence removed.</summary>
    public string From(string value) => Contains(value) ? string.Join(Mark, value.Split(Mark).Select(Without)) : value;

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
        foreach (var field in Texts.GetOrAdd(message.Descriptor, d => [.. d.Fields.InDeclarationOrder().Where(IsText)]))
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

    private string Without(string value)
    {
        var without = new StringBuilder();
        List<Range> places = [];
        var compared = ComparedText.Of(value, places);
        var at = 0;
        for (var found = compared.IndexOf(_compared, StringComparison.Ordinal); found >= 0;)
        {
            var after = found + _compared.Length;
            without.Append(value.AsSpan(at..Math.Max(at, places[found].Start.Value))).Append(Mark);
            at = places[after - 1].End.Value;
            Occurrences++;
            if (_excerpts.Count < MostExcerpts && Excerpt(value, places[found].Start.Value, at) is var excerpt && !_excerpts.Contains(excerpt))
                _excerpts.Add(excerpt);
            found = compared.IndexOf(_compared, after, StringComparison.Ordinal);
        }

        return without.Append(value.AsSpan(at)).ToString();
    }

    private static string Excerpt(string value, int from, int to)
    {
        var (start, end) = (Math.Max(0, from - Around), Math.Min(value.Length, to + Around));
        if (start > 0 && char.IsLowSurrogate(value[start]))
            start++;
        if (end < value.Length && char.IsHighSurrogate(value[end - 1]))
            end--;
        var words = value[start..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return $"{(start > 0 ? "…" : "")}{string.Join(' ', words)}{(end < value.Length ? "…" : "")}";
    }

    // A message may be called as an id is elsewhere (the theme of a change, the section that is added): it is always looked into.
    private static bool IsText(FieldDescriptor field) => field.FieldType == FieldType.Message
        || (field.FieldType == FieldType.String
            && !Ids.Contains(field.Name)
            && field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) is null);
}
