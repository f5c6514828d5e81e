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

    /// <summary>What the entries of one answer have at the most: a gRPC client takes 4 MB unless it is told otherwise.</summary>
    public const int MostBytes = 3 << 20;

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
    /// <param name="oneMore">The entries, one more than the page has where there are as many.</param>
    /// <param name="key">What an entry is found by, for the token.</param>
    /// <param name="bytes">
    /// How large an entry is in the answer, for entries that may be large: a page has then no more than <see cref="MostBytes"/> of them.
    /// </param>
    public (IReadOnlyList<T> Entries, string NextPageToken) Cut<T>(IReadOnlyList<T> oneMore, Func<T, string> key, Func<T, int>? bytes = null)
    {
        var count = Math.Min(oneMore.Count, Size);
        if (bytes is not null)
            count = Fitting(oneMore.Take(count).Select(bytes));

        return count == oneMore.Count ? (oneMore, "") : ([.. oneMore.Take(count)], TokenAfter(key(oneMore[count - 1])));
    }

    /// <summary>How many entries of these sizes go into one answer: one at the least.</summary>
    public static int Fitting(IEnumerable<int> sizes)
    {
        var (count, total) = (0, 0L);
        foreach (var size in sizes)
        {
            total += size;
            if (count > 0 && total > MostBytes)
                break;

            count++;
        }

        return count;
    }

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
