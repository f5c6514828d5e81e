using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using Google.Protobuf;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// A value as Redis has it, a protobuf message: <c>uint32 format = 1; fixed64 checksum = 2; bytes value = 3;</c>. The value goes to callers
/// as it is, so the checksum covers it and its key: what somebody else put there, or put under another key, is not taken for an answer.
/// </summary>
internal static class CachedValue
{
    private const uint Format = 1;
    private const uint FormatTag = (1 << 3) | (uint)WireFormat.WireType.Varint;
    private const uint ChecksumTag = (2 << 3) | (uint)WireFormat.WireType.Fixed64;
    private const uint ValueTag = (3 << 3) | (uint)WireFormat.WireType.LengthDelimited;

    public static byte[] Encode(string key, byte[] value)
    {
        var stored = new byte[2 + 1 + sizeof(ulong) + 1 + CodedOutputStream.ComputeLengthSize(value.Length) + value.Length];
        var output = new CodedOutputStream(stored);
        output.WriteTag(FormatTag);
        output.WriteUInt32(Format);
        output.WriteTag(ChecksumTag);
        output.WriteFixed64(Checksum(key, value));
        output.WriteTag(ValueTag);
        output.WriteLength(value.Length);
        output.Flush();
        value.CopyTo(stored, stored.Length - value.Length);
        return stored;
    }

    /// <summary>False where it is no value of this format, or not the one that was put under the key.</summary>
    public static bool TryDecode(string key, byte[] stored, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        try
        {
            using var input = new CodedInputStream(stored);
            if (input.ReadTag() != FormatTag || input.ReadUInt32() != Format || input.ReadTag() != ChecksumTag)
                return false;

            var checksum = input.ReadFixed64();
            if (input.ReadTag() != ValueTag || input.ReadLength() is var length && length != stored.Length - input.Position)
                return false;

            var read = stored[(int)input.Position..];
            if (checksum != Checksum(key, read))
                return false;

            value = read;
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static ulong Checksum(string key, ReadOnlySpan<byte> value)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(key));
        hash.Append([0]);
        hash.Append(value);
        return hash.GetCurrentHashAsUInt64();
    }
}
