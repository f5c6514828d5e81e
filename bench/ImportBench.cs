using System.Diagnostics;
using System.Text;
using Google.Protobuf;
using PlanServices.Actions.V1;

namespace PlanServices.Bench;

/// <summary>
/// Importing a CSV grid of 100,000 rows over gRPC into a server of its own process, against a program that inserts the rows that the
/// import made into an empty copy of the same tables; and the server's memory above what it has when idle.
/// </summary>
internal static class ImportBench
{
    private const int Rows = 100_000;

    public static async Task RunAsync()
    {
        using var folder = new BenchFolder();
        var csv = ByteString.CopyFromUtf8(Csv());
        var database = folder.File("actions.db");
        await using var server = await ServerProcess.StartAsync(database);
        await ImportAsync(server, "warm", ByteString.CopyFromUtf8("Theme,Ref,Priority action,Key delivery activities\nVictims,V1,Warm up,Done.\n"));
        var idle = server.ResidentBytes;
        var clock = Stopwatch.StartNew();
        var answer = await ImportAsync(server, "bench", csv);
        var took = clock.Elapsed;
        var above = server.PeakResidentBytes - idle;
        var (raw, rows) = RawBulkInsert.Run(database, folder.File("raw.db"));

        Console.WriteLine("| import of a CSV grid | rows | seconds | rows/s | raw bulk insert, rows/s | ratio | file MB | memory above idle MB | × file |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var (ours, reference) = (Rows / took.TotalSeconds, Rows / raw.TotalSeconds);
        Console.WriteLine(
            $"| {answer.Created:N0} created ({rows:N0} database rows) | {Rows:N0} | {took.TotalSeconds:F1} | {ours:N0} | {reference:N0} | {ours / reference:F2} | {csv.Length / 1e6:F1} | {above / 1e6:F0} | {(double)above / csv.Length:F1} |");
        Console.WriteLine();
    }

    private static string Csv()
    {
        var csv = new StringBuilder("Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status,Direction of travel,Wider partnership opportunities\n");
        for (var i = 1; i <= Rows; i++)
        {
            csv.Append($"Communities,C{i},Walk beat {i} with those who live there,NP / CS,Constabulary,\"Beat {i} was walked in the morning and the evening, and those who live there were asked what worries them most.\",Green,No change,The council could walk along on beat {i}.\n");
        }

        return csv.ToString();
    }

    private static async Task<ImportGridResponse> ImportAsync(ServerProcess server, string plan, ByteString content)
    {
        using var channel = BenchHost.ChannelTo(server.Address);
        return await new GridService.GridServiceClient(channel).ImportGridAsync(new ImportGridRequest
        {
            Parent = $"plans/{plan}",
            Period = "2018-10",
            Format = ImportGridRequest.Types.Format.Csv,
            FileName = "bench.csv",
            Content = content,
            CreateMissing = true,
        });
    }
}
