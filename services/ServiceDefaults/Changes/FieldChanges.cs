using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>One field in which two states differ, as text; lists and messages as JSON.</summary>
public readonly record struct FieldDifference(string Field, string Before, string After);

/// <summary>Says field by field what one state of a resource has that the state before it had not.</summary>
public static class FieldChanges
{
    // They change with each revision, or never, and say nothing of what somebody did.
    private static readonly HashSet<string> Bookkeeping = ["name", "ref", "etag", "revision", "create_time", "update_time", "submit_time", "warnings", "pursuits", "former_opcc_leads", "former_delivery_leads"];

    /// <summary>The changes between two states; null is the state of a resource that is not there.</summary>
    public static IEnumerable<FieldDifference> Between(IMessage? before, IMessage? after)
    {
        var descriptor = (before ?? after)?.Descriptor ?? throw new ArgumentNullException(nameof(after), "One of the two states is there.");
        foreach (var field in descriptor.Fields.InDeclarationOrder().Where(f => !Bookkeeping.Contains(f.Name)))
        {
            var (was, now) = (Text(field, before), Text(field, after));
            if (was != now)
                yield return new FieldDifference(field.Name, was, now);
        }
    }

    private static string Text(FieldDescriptor field, IMessage? message)
    {
        var value = message is null ? null : field.Accessor.GetValue(message);
        return value switch
        {
            null => "",
            string text => text,
            bool flag => flag ? "true" : "false",
            System.Collections.IList { Count: 0 } => "",
            Enum => (int)value == 0 ? "" : field.EnumType.FindValueByNumber((int)value)?.Name ?? $"{(int)value}",
            _ => Json(field, message!),
        };
    }

    // As the JSON face has it: the field's value out of the message.
    private static string Json(FieldDescriptor field, IMessage message)
    {
        var only = (IMessage)Activator.CreateInstance(message.GetType())!;
        if (field.IsRepeated)
        {
            var target = (System.Collections.IList)field.Accessor.GetValue(only);
            foreach (var item in (System.Collections.IList)field.Accessor.GetValue(message))
                target.Add(item);
        }
        else
        {
            field.Accessor.SetValue(only, field.Accessor.GetValue(message));
        }

        using var json = JsonDocument.Parse(JsonFormatter.Default.Format(only));
        return json.RootElement.TryGetProperty(field.JsonName, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()
            : "";
    }
}
