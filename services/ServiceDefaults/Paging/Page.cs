using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Paging;

/// <summary>
/// The part of a list that a request asks for (AIP-158). A token is opaque, has a version, and is bound to the request's other
/// arguments: a token of another call is INVALID_ARGUMENT.
/// </summary>
public readonly record struct Page
{
    private const byte Version = 1;
    private const int HeaderLength = 1 + sizeof(ulong);
    private const int DefaultSize = 50;
    private const int MaximumSize = 1000;

    private readonly ulong _binding;

    private Page(int size, string after, ulong binding)
    {
        Size = size;
        After = after;
        _binding = binding;
    }

    /// <summary>How many entries the answer has at the most.</summary>
    public int Size { get; }

    /// <summary>The key of the last entry of the page before; empty for the first page.</summary>
    public string After { get; }

    /// <summary>Reads a request's paging fields.</summary>
    /// <param name="pageSize">0 is 50; more than 1,000 is 1,000; a negative one is INVALID_ARGUMENT.</param>
    /// <param name="pageToken">Empty for the first page.</param>
    /// <param name="arguments">The method and its other arguments: the token is good for the same ones only.</param>
    public static Page Of(int pageSize, string pageToken, params ReadOnlySpan<string> arguments)
    {
        if (pageSize < 0)
            throw ApiErrors.InvalidField("page_size", $"{pageSize} is negative; it is 0 to {MaximumSize}.");

        var hash = new XxHash3();
        foreach (var argument in arguments)
        {
            hash.Append(Encoding.UTF8.GetBytes(argument));
            hash.Append([0]);
        }

        var size = pageSize == 0 ? DefaultSize : Math.Min(pageSize, MaximumSize);
        var binding = hash.GetCurrentHashAsUInt64();
        return new Page(size, pageToken.Length == 0 ? "" : Decode(pageToken, binding), binding);
    }

    /// <summary>The token for what follows the entry with this key.</summary>
    public string TokenAfter(string key)
    {
        var bytes = new byte[HeaderLength + Encoding.UTF8.GetByteCount(key)];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), _binding);
        Encoding.UTF8.GetBytes(key, bytes.AsSpan(HeaderLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>
    /// Cuts a list that was read one entry longer than the page, and says the token of the next page: empty on the last.
    /// </summary>
    public (IReadOnlyList<T> Entries, string NextPageToken) Cut<T>(IReadOnlyList<T> oneMore, Func<T, string> key) =>
        oneMore.Count <= Size ? (oneMore, "") : ([.. oneMore.Take(Size)], TokenAfter(key(oneMore[Size - 1])));

    private static string Decode(string token, ulong binding)
    {
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            throw ApiErrors.InvalidPageToken();
        }

        if (bytes.Length <= HeaderLength || bytes[0] != Version || BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(1)) != binding)
            throw ApiErrors.InvalidPageToken();

        return Encoding.UTF8.GetString(bytes.AsSpan(HeaderLength));
    }
}
