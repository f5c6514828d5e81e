using System.Diagnostics;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests;

/// <summary>The command line as a process of its own.</summary>
internal static class CliProcess
{
    /// <summary>Runs <c>plan</c>: its exit code, and what it said on both outputs.</summary>
    public static Task<(int Code, string Said)> RunAsync(params string[] words) => RunAsync(new Dictionary<string, string>(), words);

    /// <summary>The same with a line of standard input.</summary>
    public static Task<(int Code, string Said)> AnswerAsync(string line, params string[] words) => RunAsync(new Dictionary<string, string>(), words, line);

    /// <summary>The same with environment variables.</summary>
    public static async Task<(int Code, string Said)> RunAsync(IReadOnlyDictionary<string, string> variables, string[] words, string line = "")
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "plan.dll"), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        var (answer, aside) = (process.StandardOutput.ReadToEndAsync(Deadline.Token), process.StandardError.ReadToEndAsync(Deadline.Token));
        await process.WaitForExitAsync(Deadline.Token);
        return (process.ExitCode, await answer + await aside);
    }
}
