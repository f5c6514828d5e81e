using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PlanServices.Cli.Admin;

/// <summary>Puts a backup in the place of a data folder's databases. Nothing is touched before all of it is known to be good.</summary>
internal static class Restore
{
    private const int Busy = 5;

    /// <summary>Restores; also says where it set aside what was there, if anything was.</summary>
    public static async Task<(BackupManifest Manifest, string? Aside)> RunAsync(
        string data, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var manifest = await BackupManifest.ReadAsync(folder, cancellationToken);
        foreach (var database in manifest.Databases)
            await CheckAsync(folder, database, cancellationToken);

        Directory.CreateDirectory(data);
        var locks = new List<FileStream>();
        try
        {
            foreach (var database in manifest.Databases)
                locks.Add(Lock(Path.Combine(data, database.File)));

            // First what can fail for want of space, then what is quick.
            foreach (var database in manifest.Databases)
                await PrepareAsync(Path.Combine(folder, database.File), Prepared(data, database), cancellationToken);

            var aside = Path.GetFullPath(Path.Combine(
                data, $"before-restore-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}"));
            foreach (var database in manifest.Databases)
                await ReplaceAsync(Path.Combine(data, database.File), Prepared(data, database), aside, cancellationToken);
            return (manifest, Directory.Exists(aside) ? aside : null);
        }
        finally
        {
            foreach (var held in locks)
                await held.DisposeAsync();
            foreach (var database in manifest.Databases)
                File.Delete(Prepared(data, database));
        }
    }

    private static string Prepared(string data, BackedUpDatabase database) => Path.Combine(data, $"{database.File}.restoring");

    private static async Task CheckAsync(string folder, BackedUpDatabase database, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, database.File);
        if (!File.Exists(path))
            throw new CommandException($"The backup is not whole: {path} is missing.");
        if (await BackedUpDatabase.HashAsync(path, cancellationToken) != database.Sha256)
            throw new CommandException($"The backup is damaged: {path} is not the file that was written.");

        await SqliteFile.CheckAsync(path, cancellationToken);
    }

    // The services share this lock for as long as they run.
    private static FileStream Lock(string file)
    {
        try
        {
            return new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw InUse(file);
        }
    }

    private static async Task PrepareAsync(string from, string to, CancellationToken cancellationToken)
    {
        File.Copy(from, to, overwrite: true);
        await SqliteFile.ChangeLogIdentityAsync(to, cancellationToken);
        await using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    // The database's name always leads to a whole database, the one or the other.
    private static async Task ReplaceAsync(string file, string prepared, string aside, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            Directory.CreateDirectory(aside);
            try
            {
                await SqliteFile.CloseLogAsync(file, cancellationToken);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Busy)
            {
                throw InUse(file);
            }
            catch (SqliteException)
            {
                // It is damaged, perhaps why it is replaced. Its log goes with it, for whoever wants to rescue something.
                foreach (var beside in new[] { $"{file}-wal", $"{file}-shm" }.Where(File.Exists))
                    File.Move(beside, Path.Combine(aside, Path.GetFileName(beside)));
            }

            File.Copy(file, Path.Combine(aside, Path.GetFileName(file)));
        }

        File.Move(prepared, file, overwrite: true);
    }

    private static CommandException InUse(string file) => new($"{file} is in use; stop the services first. Nothing of it was changed.");
}
