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

    /// <summary>
    /// Asks for what must not stand on a command line, where the shell's history and others' lists of running programs would have it; reads it
    /// from standard input where that is a file or another program: of a secret the first line, of a text all of it. Null where nothing was given.
    /// </summary>
    public async Task<string?> AskAsync(string what, bool hidden, CancellationToken cancellationToken)
    {
        var prompt = new TextPrompt<string>($"{Markup.Escape(what)}:");
        var given = System.Console.IsInputRedirected
            ? hidden ? await System.Console.In.ReadLineAsync(cancellationToken) : (await System.Console.In.ReadToEndAsync(cancellationToken)).Trim()
            : await (hidden ? prompt.Secret(null) : prompt).ShowAsync(Aside, cancellationToken);
        return given is { Length: > 0 } ? given : null;
    }

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
