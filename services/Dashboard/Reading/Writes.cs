using Grpc.Core;
using MudBlazor;

namespace PlanServices.Dashboard.Reading;

/// <summary>Carries out what a person asked for, and says how it went.</summary>
internal sealed class Writes(ISnackbar snackbar)
{
    /// <summary>True where it was done.</summary>
    public async Task<bool> TryAsync(string done, Func<Task> write)
    {
        try
        {
            await write();
            Done(done);
            return true;
        }
        catch (RpcException e)
        {
            Say(Problem.Of(e));
            return false;
        }
    }

    /// <summary>Says what was done.</summary>
    public void Done(string done) => snackbar.Add(done, Severity.Success);

    /// <summary>Says what is the matter, until it is closed.</summary>
    public void Say(Problem problem) =>
        snackbar.Add($"{problem.Title} {problem.Detail}".Trim(), Severity.Error, options => options.RequireInteraction = true);

    /// <summary>An id that makes a write safe to send again.</summary>
    public static string RequestId() => Guid.CreateVersion7().ToString();
}
