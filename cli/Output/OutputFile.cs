using Spectre.Console;

namespace PlanServices.Cli.Output;

/// <summary>Writes what a command made to a file, or to standard output.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file whole or not at all; <c>-</c> is standard output.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, Terminal terminal, CancellationToken cancellationToken)
    {
        if (path == "-")
        {
            await using var standard = Console.OpenStandardOutput();
            await standard.WriteAsync(bytes, cancellationToken);
            return;
        }

        // Whole or not at all: what stood under the name stays until the new file is written.
        var whole = Path.GetFullPath(path);
        if (Directory.Exists(whole))
            throw new CommandException($"{path} is a folder, not a file.");
        if (!Directory.Exists(Path.GetDirectoryName(whole)))
            throw new CommandException($"There is no folder {Path.GetDirectoryName(whole)} to write {Path.GetFileName(path)} to.");

        var part = $"{whole}.{Environment.ProcessId}.part";
        try
        {
            await using (var file = File.Create(part))
                await file.WriteAsync(bytes, cancellationToken);

            File.Move(part, whole, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        terminal.Aside.WriteLine($"Wrote {path}, {bytes.Length:N0} bytes.");
    }
}
