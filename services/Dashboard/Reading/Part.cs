using Grpc.Core;

namespace PlanServices.Dashboard.Reading;

/// <summary>A part of a page that was read, or why it was not: the other parts are shown all the same.</summary>
/// <param name="Value">What was read; null where it was not.</param>
/// <param name="Problem">Why it was not.</param>
public sealed record Part<T>(T? Value, Problem? Problem)
    where T : class;

/// <summary>Reads parts of a page.</summary>
internal static class Part
{
    public static async Task<Part<T>> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new Part<T>(await read(), null);
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new Part<T>(null, Problem.Of(e));
        }
    }
}
