using PlanServices.Actions;
using PlanServices.Partners;
using PlanServices.Testing;
using Spectre.Console;

namespace PlanServices.Cli.Tests;

/// <summary>A real Actions service, and the command line against it.</summary>
internal sealed class CliRun : IAsyncDisposable
{
    private readonly TestHost _host;

    private CliRun(TestHost host) => _host = host;

    public TemporaryFolder Folder { get; } = new();

    public static async Task<CliRun> StartAsync() => new(await TestHost.StartAsync(
        builder =>
        {
            builder.AddActions();
            builder.AddPartners();
        },
        app =>
        {
            app.MapActions();
            app.MapPartners();
        },
        ["actions", "partners"],
        // No directory: leads keep their text.
        new Dictionary<string, string?> { ["Services:partners:grpc:0"] = "http://127.0.0.1:1" }));

    /// <summary>Runs a command line: its exit code, what it answered, and what it said aside.</summary>
    public Task<(int Code, string Answer, string Aside)> RunAsync(params string[] words) =>
        RunAtAsync(_host.Addresses.Grpc.ToString(), words);

    public static async Task<(int Code, string Answer, string Aside)> RunAtAsync(string address, params string[] words)
    {
        using var answer = new StringWriter();
        using var aside = new StringWriter();
        var terminal = new Terminal(Console(answer), Console(aside));
        var code = await PlanCommand.Create(terminal).Parse([.. words, "--address", address]).InvokeAsync(
            new System.CommandLine.InvocationConfiguration { Output = answer, Error = aside }, Deadline.Token);
        return (code, answer.ToString(), aside.ToString());
    }

    /// <summary>Imports a grid of three leaves for July into the plan fenland, and opens October.</summary>
    public async Task PrepareAsync()
    {
        var file = Path.Combine(Folder.Path, "july.csv");
        await File.WriteAllTextAsync(
            file,
            "Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status\n"
            + "Victims,V1,Answer calls sooner,NP,Constabulary,The desk is staffed.,Green\n"
            + "Victims,V2,Keep victims informed,CS,County Council,A leaflet was printed.,Green\n",
            Deadline.Token);
        await RunAsync("import", file, "--plan", "fenland", "--period", "2018-07");
        await RunAsync("open", "--plan", "fenland", "--period", "2018-10");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Folder.Dispose();
    }

    private static IAnsiConsole Console(StringWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 4096;
        return console;
    }
}
