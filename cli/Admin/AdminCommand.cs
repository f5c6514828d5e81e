using System.CommandLine;
using Spectre.Console;

namespace PlanServices.Cli.Admin;

/// <summary><c>plan admin</c>: what whoever runs the suite does on the machine that holds its data. It calls no service.</summary>
internal static class AdminCommand
{
    public static Command Create(Terminal terminal) => new("admin", "Back up and restore the databases of a data folder, on the machine that holds it.")
    {
        CreateBackup(terminal),
        CreateRestore(terminal),
    };

    private static Command CreateBackup(Terminal terminal)
    {
        var (data, folder) = (Data(), Folder("The folder to write; made, and not there yet."));
        var command = new Command("backup", "Copy every database while the services run, each as it is at one moment.") { folder, data };
        command.SetAction((result, cancellationToken) => Failures.RunAsync(terminal, async () =>
        {
            var manifest = await terminal.WaitAsync(
                "Copying", () => Backup.MakeAsync(result.GetValue(data)!, result.GetValue(folder)!, TimeProvider.System, cancellationToken));
            foreach (var database in manifest.Databases)
                terminal.Answer.WriteLine($"{database.File}: {database.Bytes:N0} bytes, schema {database.Schema}");
        }));
        return command;
    }

    private static Command CreateRestore(Terminal terminal)
    {
        var (data, folder) = (Data(), Folder("The folder that 'plan admin backup' wrote."));
        var command = new Command("restore", "Put a backup in the place of the databases, which are set aside; the services must be stopped.") { folder, data };
        command.SetAction((result, cancellationToken) => Failures.RunAsync(terminal, async () =>
        {
            var (manifest, aside) = await terminal.WaitAsync(
                "Restoring", () => Restore.RunAsync(result.GetValue(data)!, result.GetValue(folder)!, TimeProvider.System, cancellationToken));
            foreach (var database in manifest.Databases)
                terminal.Answer.WriteLine($"{database.File}: as it was at {manifest.Time:u}");
            if (aside is not null)
                terminal.Aside.WriteLine($"What was there before is in {aside}.");
        }));
        return command;
    }

    private static Option<string> Data() => new("--data") { Description = "The folder of the databases, as the services have it.", DefaultValueFactory = _ => "data" };

    private static Argument<string> Folder(string description) => new("FOLDER") { Description = description };
}
