using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Json;

/// <summary>Finds what in a JSON request cannot be read as the contract's message: the field's path, and what it should have been.</summary>
internal static class JsonFaults
{
    private const int MostShown = 60;

    /// <summary>What is wrong with a body; null where nothing of it was found wrong.</summary>
    /// <param name="body">The body.</param>
    /// <param name="message">The message that it is.</param>
    /// <param name="path">Where the message stands in the request; empty where the body is the request.</param>
    public static FieldError? InBody(ReadOnlyMemory<byte> body, MessageDescriptor message, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return InMessage(document.RootElement, message, path);
        }
        catch (JsonException e)
        {
            return new FieldError(
                path.Length == 0 ? "body" : path,
                body.Span.Trim(" \t\r\n"u8).IsEmpty
                    ? "It is empty; a JSON object is expected."
                    : $"It is no JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on.");
        }
    }

    /// <summary>What is wrong with an argument of the address; null where nothing was found wrong.</summary>
    /// <param name="name">The argument: a field's path, each part in the contract's or JSON's spelling.</param>
    /// <param name="value">Its value.</param>
    /// <param name="message">The request's message.</param>
    public static FieldError? InArgument(string name, string value, MessageDescriptor message)
    {
        List<string> path = [];
        FieldDescriptor? field = null;
        foreach (var part in name.Split('.'))
        {
            if (message is null || message.Find(part) is not { } found)
                return null;

            field = found;
            path.Add(found.Name);
            message = found.FieldType == FieldType.Message ? found.MessageType : null!;
        }

        return field is null ? null : Scalar(field, value, quoted: true, string.Join('.', path));
    }

    private static FieldError? InMessage(JsonElement element, MessageDescriptor message, string path)
    {
        // Well-known types have a form of their own.
        if (message.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal))
            return WellKnown(element, message, path);
        if (element.ValueKind == JsonValueKind.Null && path.Length > 0)
            return null;
        if (element.ValueKind != JsonValueKind.Object)
            return Wrong(path.Length == 0 ? "body" : path, element, "a JSON object");

        foreach (var property in element.EnumerateObject())
        {
            if (message.Find(property.Name) is not { } field)
                continue;

            var at = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (property.Value.ValueKind != JsonValueKind.Null && InField(property.Value, field, at) is { } fault)
                return fault;
        }

        return null;
    }

    private static FieldError? InField(JsonElement value, FieldDescriptor field, string path)
    {
        if (field.IsMap)
            return value.ValueKind == JsonValueKind.Object ? null : Wrong(path, value, "a JSON object");
        if (!field.IsRepeated)
            return InValue(value, field, path);
        if (value.ValueKind != JsonValueKind.Array)
            return Wrong(path, value, "a JSON array");

        return value.EnumerateArray().Select((item, i) => InValue(item, field, $"{path}[{i}]")).FirstOrDefault(fault => fault is not null);
    }

    private static FieldError? InValue(JsonElement value, FieldDescriptor field, string path) => field.FieldType == FieldType.Message
        ? InMessage(value, field.MessageType, path)
        : value.ValueKind switch
        {
            JsonValueKind.String => Scalar(field, Text(value, path, out var fault), quoted: true, path) ?? fault,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Scalar(field, value.GetRawText(), quoted: false, path),
            _ => Wrong(path, value, Expected(field)),
        };

    private static string Text(JsonElement value, string path, out FieldError? fault)
    {
        fault = null;
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            fault = new FieldError(path, "It has half of a character: an escaped surrogate without its other half.");
            return "";
        }
    }

    private static FieldError? Scalar(FieldDescriptor field, string value, bool quoted, string path)
    {
        var fits = field.FieldType switch
        {
            FieldType.String => quoted,
            FieldType.Bytes => quoted && IsBase64(value),
            FieldType.Bool => value is "true" or "false",
            // A number in quotation marks, or in an address, has to be one of them; as a JSON number any goes.
            FieldType.Enum => int.TryParse(value, CultureInfo.InvariantCulture, out var number)
                ? !quoted || field.EnumType.FindValueByNumber(number) is not null
                : quoted && field.EnumType.FindValueByName(value) is not null,
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => IsWhole(value, int.MinValue, int.MaxValue),
            FieldType.UInt32 or FieldType.Fixed32 => IsWhole(value, uint.MinValue, uint.MaxValue),
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => IsWhole(value, long.MinValue, long.MaxValue),
            FieldType.UInt64 or FieldType.Fixed64 => IsWhole(value, ulong.MinValue, ulong.MaxValue),
            FieldType.Float or FieldType.Double => double.TryParse(value, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        return fits ? null : new FieldError(path, $"'{Short(value)}' is not {Expected(field)}.");
    }

    // Both alphabets are read, with or without the padding.
    private static bool IsBase64(string value)
    {
        var plain = value.Replace('-', '+').Replace('_', '/');
        return plain.Length % 4 != 1
            && Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), new byte[(plain.Length / 4 * 3) + 3], out _);
    }

    private static bool IsWhole(string value, decimal least, decimal most) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && decimal.Truncate(number) == number && number >= least && number <= most;

    private static FieldError? WellKnown(JsonElement element, MessageDescriptor message, string path)
    {
        if (message.FullName != Timestamp.Descriptor.FullName && message.FullName != FieldMask.Descriptor.FullName && message.FullName != Duration.Descriptor.FullName)
            return null;
        if (element.ValueKind == JsonValueKind.Null)
            return null;
        if (element.ValueKind != JsonValueKind.String)
            return Wrong(path, element, "a JSON string");

        return message.FullName == Timestamp.Descriptor.FullName && !DateTimeOffset.TryParse(element.GetString(), CultureInfo.InvariantCulture, out _)
            ? Wrong(path, element, "a time such as 2018-10-31T12:00:00Z")
            : null;
    }

    /// <summary>A field by its name in the contract's or JSON's spelling.</summary>
    public static FieldDescriptor? Find(this MessageDescriptor message, string name) =>
        message.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == name || f.Name == name);

    private static FieldError Wrong(string path, JsonElement value, string expected) =>
        new(path, $"'{Short(value.GetRawText())}' is not {expected}.");

    private static string Expected(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => "a JSON string",
        FieldType.Bytes => "bytes in Base64, or it is cut off",
        FieldType.Bool => "true or false",
        FieldType.Enum => $"one of {string.Join(", ", field.EnumType.Values.Select(v => v.Name))}",
        FieldType.Float or FieldType.Double => "a number",
        FieldType.UInt32 or FieldType.Fixed32 or FieldType.UInt64 or FieldType.Fixed64 => "a whole number from 0 on",
        _ => "a whole number",
    };

    /// <summary>As much of a value as an answer shows.</summary>
    public static string Short(string value) => value.Length <= MostShown ? value : value[..MostShown] + "…";
}
