using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Google.Protobuf;
using Grpc.Core;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>The text of an uploaded grid.</summary>
internal static class GridContent
{
    /// <summary>32 MB, counted in decoded bytes.</summary>
    public const int MaxBytes = 32 << 20;

    // Control characters that no text has; a tab, the line ends and a form feed (a page's end) it may have.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n' or '\r' or '\f')).Select(b => (byte)b)]);

    // What Excel writes as plain "CSV" in this part of the world.
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    // Those it does not have.
    private static readonly SearchValues<byte> Undefined1252 = SearchValues.Create(0x81, 0x8D, 0x8F, 0x90, 0x9D);

    /// <summary>Whether it is a zip archive, as Word's and Excel's files are.</summary>
    public static bool IsZip(ByteString content) => content.Span.StartsWith("PK\u0003\u0004"u8);

    /// <summary>The bytes of an archive; INVALID_ARGUMENT where there are too many.</summary>
    public static Stream Archive(ByteString content) => content.Length <= MaxBytes ? Open(content) : throw TooLarge(content.Length);

    /// <summary>Whether a text whose format nobody stated is comma-separated values rather than text from a page: no tab comes first.</summary>
    public static bool LooksLikeCsv(Func<TextReader> open)
    {
        using var reader = open();
        var start = new char[4096];
        var lines = start.AsSpan(0, reader.ReadBlock(start));
        return !lines.Contains('\t') && lines.ContainsAny(',', ';');
    }

    /// <summary>What opens the content as text, at its beginning, as often as need be; INVALID_ARGUMENT says why it is no text.</summary>
    /// <param name="content">The upload.</param>
    /// <param name="findings">Hears of an encoding that is only likely.</param>
    public static Func<TextReader> Text(ByteString content, Findings findings)
    {
        var encoding = EncodingOf(content.Span);
        if (encoding == Windows1252)
        {
            findings.Warn(
                "ENCODING_GUESSED", 0, "", "", "Windows-1252",
                "The text is no UTF-8; it was read as Windows-1252, as Excel saves plain CSV. Characters of other alphabets are lost there: "
                + "save it as \"CSV UTF-8\".",
                0.9);
        }

        return () => new StreamReader(Open(content), encoding);
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            throw Unreadable("It is empty.");
        if (bytes.Length > MaxBytes)
            throw TooLarge(bytes.Length);
        if (bytes.StartsWith(Encoding.Unicode.Preamble))
            return Checked(bytes, Encoding.Unicode);
        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Checked(bytes, Encoding.BigEndianUnicode);
        if (bytes.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
            throw Unreadable("It is an old Office file, or one with a password; save it as .xlsx or .docx, without a password.");
        if (bytes.StartsWith("%PDF"u8))
            throw Unreadable("It is a PDF; the text pulled from it is expected.");
        if (LooksLikeUtf16(bytes) is { } encoding)
            return Checked(bytes, encoding);
        if (bytes.IndexOfAny(Controls) is >= 0 and var at)
            throw Unreadable($"It is no text: byte {at + 1:N0} is the control character 0x{bytes[at]:X2}.");
        return Utf8.IsValid(bytes) ? Encoding.UTF8 : NoUtf8(bytes);
    }

    // A text that has characters in UTF-8 before the byte that is wrong, or says that it is UTF-8, is a damaged one of that.
    private static Encoding NoUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var status = OperationStatus.Done;
        var ascii = true;
        while (at < bytes.Length)
        {
            status = Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
            if (status != OperationStatus.Done)
                break;

            ascii &= length == 1;
            at += length;
        }

        if (ascii && status == OperationStatus.InvalidData && !bytes.ContainsAny(Undefined1252))
            return Windows1252;

        throw Unreadable($"It is no UTF-8 text: byte {at + 1:N0} begins no character"
            + (status == OperationStatus.NeedMoreData ? "; the upload seems to be cut off." : "."));
    }

    // Without a mark of its own: of the Latin letters, digits and dividers that a grid is full of, every other byte is zero. Bytes of zero
    // alone are no text.
    private static Encoding? LooksLikeUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
            return null;

        var (even, odd) = (0, 0);
        var start = bytes[..Math.Min(bytes.Length, 4096)];
        for (var i = 0; i < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        var most = start.Length / 4;
        return odd > most && even == 0 ? Encoding.Unicode : even > most && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    // Over the request's own bytes: a large file is in memory once.
    private static MemoryStream Open(ByteString content) =>
        MemoryMarshal.TryGetArray(content.Memory, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToByteArray(), writable: false);

    private static ApiException TooLarge(int bytes) => Unreadable($"It has {bytes:N0} bytes; at most {MaxBytes:N0} (32 MB) are read.");

    /// <summary>INVALID_ARGUMENT that blames the content.</summary>
    public static ApiException Unreadable(string reason) =>
        new(StatusCode.InvalidArgument, ErrorReason.UnreadableGrid, $"content: {reason}") { Fields = [new FieldError("content", reason)] };

    private static Encoding Checked(ReadOnlySpan<byte> bytes, Encoding encoding) =>
        MemoryMarshal.Cast<byte, char>(bytes).Contains('\0') ? throw Unreadable("It is no text: it has null characters.") : encoding;
}
