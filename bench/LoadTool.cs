using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using PlanServices.Testing;

namespace PlanServices.Bench;

/// <summary>
/// Calls a unary gRPC method with a token as often as it answers, with h2load of nghttp2 (Debian: nghttp2-client): a client that costs little beside the
/// server that is measured.
/// </summary>
internal static partial class LoadTool
{
    /// <summary>How long the server is called before it is measured.</summary>
    public const int WarmUpSeconds = 1;

    private const string Name = "h2load";

    public static bool IsThere => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, Name)));

    /// <summary>Calls a second, over two connections with sixteen calls each at a time.</summary>
    public static async Task<double> RunAsync(Uri address, string method, IMessage request, BenchFolder folder, int seconds) =>
        (await RunAsync(address, method, request, folder, seconds, TestIssuer.Everything)).Rate;

    /// <summary>The same, with the time in which 99 of 100 calls were answered.</summary>
    /// <param name="token">What the calls bring; null for none.</param>
    public static async Task<(double Rate, TimeSpan Slowest)> RunAsync(
        Uri address, string method, IMessage request, BenchFolder folder, int seconds, string? token)
    {
        // In memory: on a disk it would halve what is measured.
        var log = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"{Guid.CreateVersion7():N}.log");
        try
        {
            return (await RunAsync(address, method, request, folder, seconds, token, log), At99(log));
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static async Task<double> RunAsync(
        Uri address, string method, IMessage request, BenchFolder folder, int seconds, string? token, string log)
    {
        var body = folder.File($"{Guid.CreateVersion7():N}.body");
        await File.WriteAllBytesAsync(body, Frame(request));
        using var process = Process.Start(new ProcessStartInfo(
            Name,
            [
                "-c", "2", "-m", "16", "-t", "1", "-D", $"{seconds}", "--warm-up-time", $"{WarmUpSeconds}", "-d", body, "-H", "content-type: application/grpc", "-H", "te: trailers",
                .. token is null ? [] : new[] { "-H", $"authorization: Bearer {token}" }, $"--log-file={log}", new Uri(address, method).ToString(),
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (Failed().Match(output) is not { Success: true } failed || failed.Groups[1].Value != "0" || Finished().Match(output) is not { Success: true } finished)
            throw new InvalidOperationException($"The load did not go through:\n{output}");

        return double.Parse(finished.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    // A line a call: when it began, its status, the microseconds that it took.
    private static TimeSpan At99(string log)
    {
        var took = File.ReadLines(log).Select(l => int.Parse(l.AsSpan(l.LastIndexOf('\t') + 1), CultureInfo.InvariantCulture)).Order().ToArray();
        return TimeSpan.FromMicroseconds(took[(int)(took.Length * 0.99)]);
    }

    // Not compressed, the length in four bytes, the message.
    private static byte[] Frame(IMessage request)
    {
        var message = request.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    [GeneratedRegex(@"finished in [\d.]+\w+, ([\d.]+) req/s")]
    private static partial Regex Finished();

    [GeneratedRegex(@"(\d+) failed, \d+ errored")]
    private static partial Regex Failed();
}
