using System.Buffers;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>What no text that a caller writes may have: control characters, but for a tab and the ends of lines.</summary>
public static class TextRules
{
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r'))]);

    /// <summary>What is wrong with a text, or null.</summary>
    public static string? Wrong(string text) => text.AsSpan().IndexOfAny(Controls) is >= 0 and var at
        ? $"Character {at + 1:N0} is the control character U+{(int)text[at]:X4}, which no text has."
        : null;

    /// <summary>Adds what is wrong with a field's text.</summary>
    public static void AddWrong(this ICollection<FieldError> errors, string field, string text)
    {
        if (Wrong(text) is { } wrong)
            errors.Add(new FieldError(field, wrong));
    }
}
