using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PlanServices.ServiceDefaults.Text;

/// <summary>
/// A text as it is compared with others that people or their programs may have written otherwise: in capitals without accents, with one space
/// for whatever parts words, and without what does not print. It needs no cultures: where .NET has none, as in Standalone,
/// <see cref="string.Normalize()"/> leaves a text as it is.
/// </summary>
internal static class ComparedText
{
    private const string Nothing = "";
    private const string Gap = " ";

    // Signs that stand for each other; each is read as the first.
    private static readonly string[] Alike =
    [
        "'’‘ʼ‛′´`", "\"“”„‟″",
        "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ", "BḂḄḆ", "CÇĆĈĊČḈ", "DĎĐḊḌḎḐḒ", "EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ", "FḞ", "GĜĞĠĢǤǦǴḠ", "HĤĦȞḢḤḦḨḪẖ",
        "IÌÍÎÏĨĪĬĮİıƗǏȈȊḬḮỈỊ", "JĴǰ", "KĶǨḰḲḴ", "LĹĻĽŁḶḸḺḼ", "MḾṀṂ", "NÑŃŅŇǸṄṆṈṊ", "OÒÓÔÕÖØŌŎŐƠǑǪǬǾȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ", "PṔṖ",
        "RŔŖŘȐȒṘṚṜṞ", "SŚŜŞŠȘṠṢṤṦṨ", "TŢŤŦȚṪṬṮṰẗ", "UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ", "VṼṾ", "WŴẀẂẄẆẈẘ", "XẊẌ", "YÝŶŸȲẎẙỲỴỶỸ", "ZŹŻŽƵẐẒẔ",
    ];

    private static readonly FrozenDictionary<char, string> Readings = Alike
        .SelectMany(alike => alike.Skip(1).Select(sign => KeyValuePair.Create(sign, alike[..1])))
        .Concat([new('Æ', "AE"), new('Œ', "OE"), new('ß', "SS"), new('ﬀ', "FF"), new('ﬁ', "FI"), new('ﬂ', "FL"), new('ﬃ', "FFI"), new('ﬄ', "FFL")])
        // They part words in addresses and in the names of files.
        .Concat("_+.−".Select(sign => KeyValuePair.Create(sign, Gap)))
        .ToFrozenDictionary();

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 0x80).Select(sign => Read((char)sign))];

    /// <summary>The text as it is compared.</summary>
    /// <param name="text">The text as it was written.</param>
    /// <param name="places">Takes where in that each character of the answer stood.</param>
    public static string Of(string text, List<Range>? places = null)
    {
        var compared = new StringBuilder(text.Length);
        for (int at = 0, next; at < text.Length; at = next)
        {
            var sign = SignAt(text, at, out next);
            var read = sign < Ascii.Length ? Ascii[sign] : Read(sign);
            if (read.Length == 0 || (read == Gap && compared.Length > 0 && compared[^1] == Gap[0]))
            {
                // It belongs to what stands before it.
                if (places is [.., var last])
                    places[^1] = last.Start..next;
                continue;
            }

            compared.Append(read);
            for (var i = 0; i < read.Length; i++)
                places?.Add(at..next);
        }

        return compared.ToString();
    }

    // An address may have a sign as the bytes of its UTF-8: %C3%AB.
    private static char SignAt(string text, int at, out int next)
    {
        next = at + 1;
        if (text[at] != '%')
            return text[at];

        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        for (var from = at; count < bytes.Length && from + 2 < text.Length && text[from] == '%'; from += 3)
        {
            if (!byte.TryParse(text.AsSpan(from + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count]))
                break;
            count++;
        }

        if (Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) != System.Buffers.OperationStatus.Done || !rune.IsBmp)
            return text[at];

        next = at + (3 * used);
        return (char)rune.Value;
    }

    private static string Read(char sign)
    {
        var capital = LookAlikes.Fold($"{char.ToUpperInvariant(sign)}");
        return Readings.TryGetValue(capital[0], out var reading) ? reading : char.GetUnicodeCategory(capital[0]) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => Nothing,
            UnicodeCategory.DashPunctuation => Gap,
            _ => char.IsWhiteSpace(capital[0]) ? Gap : capital,
        };
    }
}
