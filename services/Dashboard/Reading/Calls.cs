using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Dashboard.Reading;

/// <summary>How the pages call the services: no call waits without end, and a list is read to its end.</summary>
internal sealed class Calls(TimeProvider time)
{
    /// <summary>What a list is read by: the most that the contracts allow.</summary>
    public const int PageSize = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(2);

    /// <summary>For a call that a person waits for.</summary>
    public CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: time.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellationToken);

    /// <summary>For a call that carries or makes a whole paper.</summary>
    public CallOptions LongOptions(CancellationToken cancellationToken) =>
        new(deadline: time.GetUtcNow().UtcDateTime + LongPatience, cancellationToken: cancellationToken);

    /// <summary>For what must not be older than the plan that was just read, whichever replica answers.</summary>
    public CallOptions AtLeast(Plan plan, CancellationToken cancellationToken) => AtLeast(plan, Options(cancellationToken));

    /// <inheritdoc cref="AtLeast(Plan, CancellationToken)"/>
    public static CallOptions AtLeast(Plan plan, CallOptions options) =>
        options.WithHeaders(new Metadata { { MinRevision.Key, $"{plan.HeadRevision}" } });

    /// <summary>All entries of a list that comes by pages.</summary>
    public static async Task<List<TEntry>> AllAsync<TEntry>(Func<string, Task<(IEnumerable<TEntry> Entries, string Next)>> read)
    {
        var all = new List<TEntry>();
        var token = "";
        do
        {
            var (entries, next) = await read(token);
            all.AddRange(entries);
            token = next;
        }
        while (token.Length > 0);
        return all;
    }
}
