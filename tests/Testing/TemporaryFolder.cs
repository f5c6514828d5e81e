using System.Text;
using Microsoft.Data.Sqlite;

namespace PlanServices.Testing;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("planservices-").FullName;

    /// <summary>The files in it whose bytes have a text, in whatever case: those of databases, their logs and free pages too.</summary>
    public IReadOnlyList<string> FilesWith(string text) => [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray()).Contains(text, StringComparison.OrdinalIgnoreCase);
    })];

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
