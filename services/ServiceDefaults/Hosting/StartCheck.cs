using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PlanServices.ServiceDefaults.Hosting;

/// <summary>Looks, before anything is served, whether the process may start as it is set up.</summary>
public interface IStartCheck
{
    /// <exception cref="StartRefusedException">It may not.</exception>
    void Check();
}

/// <summary>The process may not start as it is set up; the message is the sentence for whoever started it.</summary>
public sealed class StartRefusedException(string message) : Exception(message);

/// <summary>Runs hosts of the suite.</summary>
public static class StartCheck
{
    /// <summary>Runs a host until it is stopped. Where it may not start, one sentence on standard error says why, and the code is 1.</summary>
    public static async Task<int> RunServiceAsync(this WebApplication app)
    {
        try
        {
            app.CheckStart();
        }
        catch (StartRefusedException e)
        {
            await Console.Error.WriteLineAsync($"PlanServices does not start. {e.Message}");
            return 1;
        }

        await app.RunAsync();
        return 0;
    }

    /// <exception cref="StartRefusedException">The host may not start.</exception>
    public static void CheckStart(this IHost app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException e)
        {
            throw new StartRefusedException(string.Join(" ", e.Failures));
        }

        foreach (var check in app.Services.GetServices<IStartCheck>())
            check.Check();
    }
}
