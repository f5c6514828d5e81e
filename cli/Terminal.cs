using Spectre.Console;

namespace PlanServices.Cli;

/// <summary>Where answers, and what goes with them, are written.</summary>
/// <param name="Answer">Standard output: what was asked for.</param>
/// <param name="Aside">Standard error: progress and failures.</param>
internal sealed record Terminal(IAnsiConsole Answer, IAnsiConsole Aside)
{
    public static Terminal OfProcess() => new(
        Console(new AnsiConsoleOutput(System.Console.Out), System.Console.IsOutputRedirected),
        Console(new AnsiConsoleOutput(System.Console.Error), System.Console.IsErrorRedirected));

    /// <summary>Shows that something long goes on, where somebody watches.</summary>
    public Task<T> WaitAsync<T>(string what, Func<Task<T>> work) =>
        Aside.Profile.Capabilities.Interactive && Aside.Profile.Out.IsTerminal
            ? Aside.Status().StartAsync(Markup.Escape(what), _ => work())
            : work();

    private static IAnsiConsole Console(IAnsiConsoleOutput output, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        // A file or another program has no edge at which to wrap.
        if (redirected)
            console.Profile.Width = 4096;

        return console;
    }
}
