using Xunit;

namespace PlanServices.Testing;

/// <summary>No test waits without end.</summary>
public static class Deadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Ends with the test, or a minute from now.</summary>
    public static CancellationToken Token
    {
        get
        {
            var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(Limit);
            return source.Token;
        }
    }
}
