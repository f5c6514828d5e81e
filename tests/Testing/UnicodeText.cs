using CsCheck;

namespace PlanServices.Testing;

/// <summary>
/// Texts of all of Unicode: <see cref="Gen.String"/> makes ASCII alone. Half of what they are made of is what breaks pages: controls,
/// line ends of every kind, marks that turn the direction, noncharacters, markup, formulas.
/// </summary>
public static class UnicodeText
{
    private static readonly string[] Breaking =
    [
        // Line ends, each of them one.
        "\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029",
        // What turns the direction of text, or has no width.
        "\u200E", "\u200F", "\u061C", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\u200B", "\u200D", "\u00AD", "\uFEFF",
        // No characters, and the last of all.
        "\0", "\uFFFE", "\uFFFF", "\uFDD0", "\U0001FFFE", "\U0010FFFF",
        // Markup.
        "<", ">", "&", "<br>", "<ins>", "</ins>", "<script>", "</style>", "<!--", "-->", "]]>", "&lt;", "&#x1;", "<w:p/>", "|", "\\", "`", "```", "*", "**", "_", "~~", "#", "[x](javascript:alert(1))", "![x](y)", "\n---\n", "_x000A_", "{{x}}",
        // Formulas, quotation marks, separators.
        "=", "+", "-", "@", "=1+1", "'", "\"", "\t", ",", ";", " ",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOf(Breaking),
        Gen.OneOf(Breaking),
        Of(Gen.Char[' ', '~']),
        // Controls, C0 and C1.
        Of(Gen.OneOf(Gen.Char['\0', '\u001F'], Gen.Char['\u007F', '\u009F'])),
        // The first plane without surrogates, and the others.
        Of(Gen.OneOf(Gen.Char['\u00A0', '\uD7FF'], Gen.Char['\uE000', '\uFFFF'])),
        Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32),
        // Combining marks, Hebrew and Arabic letters.
        Of(Gen.OneOf(Gen.Char['\u0300', '\u036F'], Gen.Char['\u05D0', '\u05EA'], Gen.Char['\u0621', '\u064A'])));

    /// <summary>Any text that a message can carry: protobuf strings are UTF-8, which has no half of a surrogate pair.</summary>
    public static readonly Gen<string> Any = Piece.Array[0, 40].Select(string.Concat);

    /// <summary>Any string of the language, halves of surrogate pairs too.</summary>
    public static readonly Gen<string> WithLoneSurrogates = Gen.OneOf(Piece, Of(Gen.Char['\uD800', '\uDFFF'])).Array[0, 40].Select(string.Concat);

    private static Gen<string> Of(Gen<char> characters) => characters.Select(c => c.ToString());
}
