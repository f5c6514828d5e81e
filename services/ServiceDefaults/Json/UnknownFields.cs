using System.Text.Json;
using F23.StringSimilarity;
using Google.Protobuf.Reflection;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Json;

/// <summary>
/// Finds what a JSON request names and its message does not have. The library passes over it; whoever mistyped a field would be told
/// that all went well.
/// </summary>
internal static class UnknownFields
{
    private const int MostNamed = 20;
    private static readonly OptimalStringAlignment Alignment = new();

    /// <summary>What a body names in vain. One that is no JSON names nothing: why it is none is found out elsewhere.</summary>
    /// <param name="body">The body.</param>
    /// <param name="message">The message that it is.</param>
    /// <param name="path">Where the message stands in the request; empty where the body is the request.</param>
    public static IReadOnlyList<FieldError> InBody(ReadOnlyMemory<byte> body, MessageDescriptor message, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. InValue(document.RootElement, message, path).Take(MostNamed)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Why an argument of the address is not read; null where it is.</summary>
    /// <param name="name">The argument: a field's path, each part in the contract's or JSON's spelling.</param>
    /// <param name="message">The request's message.</param>
    /// <param name="body">What the body is, as <c>google.api.http</c> has it: a field, <c>*</c> for all, empty for nothing.</param>
    /// <param name="inPath">Whether a field stands in the path of the address.</param>
    public static FieldError? InArgument(string name, MessageDescriptor message, string body, Func<string, bool> inPath)
    {
        List<string> path = [];
        var within = message;
        foreach (var part in name.Split('.'))
        {
            if (within is null)
                return new FieldError(name, $"{string.Join('.', path)} has no fields.");
            if (within.Find(part) is not { } field)
                return Unknown(part, within, string.Join('.', path));

            path.Add(field.Name);
            within = field.FieldType == FieldType.Message ? field.MessageType : null;
        }

        var whole = string.Join('.', path);
        return inPath(whole) ? new FieldError(whole, "It stands in the path of the address, and is not read from its arguments.")
            : body == "*" || body == path[0] ? new FieldError(whole, "It is read from the body, not from the arguments of the address.")
            : null;
    }

    // Well-known types have a form of their own.
    private static IEnumerable<FieldError> InValue(JsonElement value, MessageDescriptor message, string path)
    {
        if (value.ValueKind != JsonValueKind.Object || message.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal))
            return [];

        return value.EnumerateObject().SelectMany(property => message.Find(property.Name) is { } field
            ? InField(property.Value, field, Join(path, field.Name))
            : [Unknown(property.Name, message, path)]);
    }

    private static IEnumerable<FieldError> InField(JsonElement value, FieldDescriptor field, string path) =>
        field.FieldType != FieldType.Message || field.IsMap ? []
        : !field.IsRepeated ? InValue(value, field.MessageType, path)
        : value.ValueKind != JsonValueKind.Array ? []
        : value.EnumerateArray().SelectMany((item, i) => InValue(item, field.MessageType, $"{path}[{i}]"));

    private static FieldError Unknown(string name, MessageDescriptor message, string path)
    {
        var known = message.Fields.InDeclarationOrder().Select(f => f.JsonName).ToArray();
        var meant = Meant(name, known);
        return new FieldError(
            Join(path, JsonFaults.Short(name)),
            meant.Length == 0
                ? $"There is no such field; there are {string.Join(", ", known)}."
                : $"There is no such field; did you mean {string.Join(" or ", meant)}?");
    }

    // One name mistyped, by a third of its letters at most, or in another spelling; or the end of longer names.
    private static string[] Meant(string name, string[] known)
    {
        var given = Plain(name);
        if (given.Length is 0 or > 64)
            return [];

        var (nearest, apart) = known.Select(k => (Name: k, Apart: Alignment.Distance(given, Plain(k)))).MinBy(k => k.Apart);
        return nearest is not null && apart <= given.Length / 3
            ? [nearest]
            : [.. known.Where(k => given.Length > 2 && Plain(k).EndsWith(given, StringComparison.Ordinal))];
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
