namespace PlanServices.Bench;

/// <summary>A folder of a bench's own, gone with it. On the disk that holds temporary files: not in memory.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planservices-bench-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
