using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.Actions.V1;

namespace PlanServices.Bench;

/// <summary>
/// Durable saves of progress updates, against a program that writes the same rows into the same tables with nothing but
/// prepared statements: one transaction a call for one caller, 32 calls a transaction for 32 callers.
/// </summary>
internal static class SaveBench
{
    private const int Leaves = 200;
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public static async Task RunAsync()
    {
        using var folder = new BenchFolder();
        var database = folder.File("actions.db");
        await using (var host = await BenchHost.StartAsync(database))
            await MakePlanAsync(host);

        Console.WriteLine("| durable SaveProgressUpdate | saves/s | raw rows' writes/s | ratio | p50 ms | p99 ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var callers in new[] { 1, 32 })
        {
            List<double> raw = [];
            List<(string Name, List<double> Rates, List<double> Latencies)> ours = [("in process", [], []), ("over gRPC, client on the same cores", [], [])];
            for (var round = -1; round < Rounds; round++)
            {
                var reference = RawSaves.Run(database, folder.File($"raw-{callers}-{round}.db"), callers, Round);
                // The first round warms up.
                if (round >= 0)
                    raw.Add(reference);
                foreach (var (name, rates, latencies) in ours)
                {
                    var copy = folder.File($"{rates.GetHashCode()}-{callers}-{round}.db");
                    RawSaves.Copy(database, copy);
                    await using var host = await BenchHost.StartAsync(copy);
                    var (rate, took) = await MeasureAsync(host, callers, overGrpc: name != ours[0].Name);
                    if (round < 0)
                        continue;

                    rates.Add(rate);
                    latencies.AddRange(took);
                }
            }

            foreach (var (name, rates, latencies) in ours)
            {
                latencies.Sort();
                var (mine, reference) = (Median(rates), Median(raw));
                Console.WriteLine(
                    $"| {callers} caller{(callers == 1 ? "" : "s")}, {name} | {mine:N0} | {reference:N0} | {mine / reference:F2} | {At(latencies, 0.5):F2} | {At(latencies, 0.99):F2} |");
            }
        }

        Console.WriteLine();
    }

    private static async Task MakePlanAsync(BenchHost host)
    {
        var csv = string.Concat(Enumerable.Range(1, Leaves).Select(i => $"Communities,C{i},Walk beat {i},NP,Constabulary,Beat {i} was walked.,Green\n"));
        await new GridService.GridServiceClient(host.Channel).ImportGridAsync(new ImportGridRequest
        {
            Parent = "plans/bench",
            Period = "2018-07",
            Format = ImportGridRequest.Types.Format.Csv,
            Content = ByteString.CopyFromUtf8("Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status\n" + csv),
            CreateMissing = true,
        });
        await new PlanService.PlanServiceClient(host.Channel).CreatePeriodAsync(
            new CreatePeriodRequest { Parent = "plans/bench", PeriodId = "2018-10", Period = new Period() });
    }

    private static async Task<(double Rate, List<double> Milliseconds)> MeasureAsync(BenchHost host, int callers, bool overGrpc)
    {
        var client = new ProgressService.ProgressServiceClient(host.Channel);
        var writes = host.Services.GetRequiredService<ProgressWrites>();
        var clock = Stopwatch.StartNew();
        var saves = -1;
        var took = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            List<double> own = [];
            while (clock.Elapsed < Round)
            {
                var start = Stopwatch.GetTimestamp();
                var request = new SaveProgressUpdateRequest
                {
                    ProgressUpdate = new ProgressUpdate
                    {
                        Name = $"plans/bench/actions/C{RawSaves.Leaf(Interlocked.Increment(ref saves), Leaves) + 1}/updates/2018-10",
                        Narrative = RawSaves.Narrative(caller, start),
                        Status = ProgressUpdate.Types.Status.Green,
                    },
                };
                if (overGrpc)
                    await client.SaveProgressUpdateAsync(request);
                else
                    await writes.SaveAsync(request, new UpdateSender("bench", "", MaySendAny: true), CancellationToken.None);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return own;
        })));
        var all = took.SelectMany(t => t).ToList();
        return (all.Count / clock.Elapsed.TotalSeconds, all);
    }

    private static double Median(List<double> values) => At([.. values.Order()], 0.5);

    private static double At(List<double> sorted, double quantile) => sorted[(int)(quantile * (sorted.Count - 1))];
}
