using Microsoft.Data.Sqlite;

namespace PlanServices.Cli.Admin;

/// <summary>Backs up the databases of a data folder, while the services run.</summary>
internal static class Backup
{
    /// <summary>Writes a backup whole or not at all: the folder has its name when everything in it is checked.</summary>
    public static async Task<BackupManifest> MakeAsync(string data, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var files = Directory.Exists(data) ? Directory.GetFiles(data, "*.db").Order().ToArray() : [];
        if (files.Length == 0)
            throw new CommandException($"{Path.GetFullPath(data)} holds no database; name the services' folder with --data.");

        var whole = Path.GetFullPath(folder);
        if (Path.Exists(whole))
            throw new CommandException($"{folder} is there already; a backup takes a new folder.");

        var part = $"{whole}.{Environment.ProcessId}.part";
        CreateOwnersOnly(part);
        try
        {
            var began = time.GetUtcNow();
            var databases = new List<BackedUpDatabase>();
            foreach (var file in files)
                databases.Add(await CopyAsync(file, Path.Combine(part, Path.GetFileName(file)), cancellationToken));

            var manifest = new BackupManifest(BackupManifest.ThisFormat, began, databases);
            await manifest.WriteAsync(part, cancellationToken);
            Directory.Move(part, whole);
            return manifest;
        }
        catch
        {
            Directory.Delete(part, recursive: true);
            throw;
        }
    }

    private static async Task<BackedUpDatabase> CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        try
        {
            await SqliteFile.CopyAsync(from, to, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new CommandException($"{from} was not copied: {e.Message}");
        }

        await SqliteFile.CheckAsync(to, cancellationToken);
        return new BackedUpDatabase(
            Path.GetFileName(to),
            new FileInfo(to).Length,
            await BackedUpDatabase.HashAsync(to, cancellationToken),
            await SqliteFile.SchemaAsync(to, cancellationToken));
    }

    // What a database holds is for those who may read it; so is its copy.
    private static void CreateOwnersOnly(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
