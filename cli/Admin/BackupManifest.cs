using System.Security.Cryptography;
using System.Text.Json;

namespace PlanServices.Cli.Admin;

/// <summary>What a backup holds: the file <c>backup.json</c> in its folder, written last.</summary>
/// <param name="Format">1; another is refused.</param>
/// <param name="Time">When it began, UTC.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset Time, IReadOnlyList<BackedUpDatabase> Databases)
{
    public const int ThisFormat = 1;
    private const string FileName = "backup.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new CommandException($"{folder} holds no backup: there is no {FileName}.");

        await using var file = File.OpenRead(path);
        try
        {
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(file, Json, cancellationToken);
            if (manifest is { Format: ThisFormat, Databases.Count: > 0 } && manifest.Databases.All(d => d.File == Path.GetFileName(d.File)))
                return manifest;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new CommandException($"{path} is not of format {ThisFormat}, the one that this version reads.");
    }

    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await using var file = File.Create(Path.Combine(folder, FileName));
        await JsonSerializer.SerializeAsync(file, this, Json, cancellationToken);
        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>One database of a backup.</summary>
/// <param name="File">Its file name, in the backup and in the data folder.</param>
/// <param name="Schema">The newest migration that it has.</param>
internal sealed record BackedUpDatabase(string File, long Bytes, string Sha256, string Schema)
{
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
