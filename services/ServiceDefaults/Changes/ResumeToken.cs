using System.Buffers.Text;
using Google.Protobuf;
using Grpc.Core;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>
/// Where a watcher stands: the database's change logs, and the revision reached in each log. It is bound to what is watched.
/// </summary>
public sealed class ResumeToken(string log, string parent, Dictionary<int, long> positions)
{
    private const int Version = 1;

    /// <summary>The revision reached, by the log's key. A log that is not in it is sent from its snapshot.</summary>
    public Dictionary<int, long> Positions { get; } = positions;

    public string Encode()
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteInt32(Version);
            output.WriteString(log);
            output.WriteString(parent);
            foreach (var (plan, revision) in Positions)
            {
                output.WriteInt32(plan);
                output.WriteInt64(revision);
            }
        }

        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <summary>
    /// Reads a token. INVALID_ARGUMENT where it is none, or was given for something else; FAILED_PRECONDITION where it belongs to
    /// another database's change logs.
    /// </summary>
    public static ResumeToken Decode(string token, string log, string parent)
    {
        try
        {
            var input = new CodedInputStream(Base64Url.DecodeFromChars(token));
            if (input.ReadInt32() != Version)
                throw Malformed();

            var from = input.ReadString();
            if (input.ReadString() != parent)
                throw Malformed();

            if (from != log)
                throw Expired();

            Dictionary<int, long> positions = [];
            while (!input.IsAtEnd)
                positions.Add(input.ReadInt32(), input.ReadInt64());

            return new ResumeToken(log, parent, positions);
        }
        catch (Exception e) when (e is FormatException or InvalidProtocolBufferException or ArgumentException)
        {
            throw Malformed();
        }
    }

    public static ApiException Expired() => new(
        StatusCode.FailedPrecondition,
        WatchReasons.ResumeTokenExpired,
        "resume_token: it belongs to a change log that is no longer there; watch again without it.")
    {
        Fields = [new FieldError("resume_token", "It belongs to a change log that is no longer there.")],
    };

    private static ApiException Malformed() =>
        ApiErrors.InvalidField("resume_token", "It was not given by this method for the same parent.");
}
