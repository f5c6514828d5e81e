using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PlanServices.Reporting.Features.Reports.Pages;

/// <summary>
/// Text that any page can take. What XML 1.0 cannot hold shows as U+FFFD; line ends are <c>\n</c>; characters that turn the direction of
/// all that follows them (U+202A–202E, U+2066–2069) are left out, so that no cell reads otherwise than it is stored. The marks U+200E,
/// U+200F and U+061C stay: they are letters without width, which texts from right to left need, and turn only punctuation beside them.
/// </summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>A copy of a message with every text in it made safe, at any depth.</summary>
    public static T Clean<T>(T message)
        where T : IDeepCloneable<T>, IMessage
    {
        var copy = message.Clone();
        CleanInPlace(copy);
        return copy;
    }

    public static string Clean(string text)
    {
        if (IsClean(text))
            return text;

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (c == '\r' || c is '\u2028' or '\u2029' or '\u0085' or '\v' or '\f')
                clean.Append(c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            else if (c == '\t')
                clean.Append(' ');
            else if (!TurnsDirection(c))
                clean.Append(IsPlain(c) ? c : Replacement);
        }

        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (var c in text)
        {
            if (!IsPlain(c) || TurnsDirection(c) || c is '\u2028' or '\u2029' or '\u0085')
                return false;
        }

        return true;
    }

    // A surrogate is looked at with its neighbour.
    private static bool IsPlain(char c) =>
        c == '\n' || (c >= ' ' && c is not (>= '\u007f' and <= '\u009f') && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF'));

    private static bool TurnsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static void CleanInPlace(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType == FieldType.String)
                CleanText(message, field);
            else if (field.FieldType == FieldType.Message && !field.IsMap)
                CleanMessages(message, field);
        }
    }

    private static void CleanText(IMessage message, FieldDescriptor field)
    {
        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(message, Clean((string)field.Accessor.GetValue(message)));
            return;
        }

        var texts = (IList<string>)field.Accessor.GetValue(message);
        for (var i = 0; i < texts.Count; i++)
            texts[i] = Clean(texts[i]);
    }

    private static void CleanMessages(IMessage message, FieldDescriptor field)
    {
        var value = field.Accessor.GetValue(message);
        if (value is System.Collections.IEnumerable several and not IMessage)
        {
            foreach (var one in several)
                CleanInPlace((IMessage)one);
        }
        else if (value is IMessage one)
        {
            CleanInPlace(one);
        }
    }
}
