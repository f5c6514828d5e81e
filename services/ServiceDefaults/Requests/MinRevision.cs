using System.Globalization;
using Grpc.Core;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>The metadata that asks for at least a revision: whoever wrote reads what it wrote, whichever process answers.</summary>
public static class MinRevision
{
    public const string Key = "planservices-min-revision";

    /// <summary>The least revision that a call takes; 0 where it takes any.</summary>
    public static long Of(ServerCallContext context)
    {
        // Not through RequestHeaders: that would copy all of them.
        var value = context.GetHttpContext().Request.Headers[Key];
        if (value.Count == 0)
            return 0;

        return value is [{ } text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw ApiErrors.InvalidField(Key, $"'{value}' is no revision.");
    }

    /// <summary>UNAVAILABLE: what was asked for is not there, here and now.</summary>
    /// <param name="name">What has the revision: a plan, the directory.</param>
    /// <param name="revision">The newest that there is.</param>
    /// <param name="least">What was asked for.</param>
    public static ApiException NotReached(string name, long revision, long least) =>
        ApiErrors.Unavailable($"{name} is at revision {revision}, not {least}; call again.");
}
