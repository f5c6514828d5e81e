using Google.Protobuf;
using Grpc.Net.Client;
using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.Bench;

/// <summary>
/// Reads of the catalogue over gRPC, with h2load, against bare Grpc.AspNetCore methods that give the same messages as objects: an action,
/// and a page of fifty actions of some 100 KB.
/// </summary>
internal static class ReadBench
{
    private const string Get = "/planservices.actions.v1.ActionService/GetPlanAction";
    private const string List = "/planservices.actions.v1.ActionService/ListPlanActions";
    private const int Actions = 50;
    private const int Rounds = 5;
    private const int Seconds = 3;

    private static readonly GetPlanActionRequest OfAction = new() { Name = "plans/bench/actions/C25" };
    private static readonly ListPlanActionsRequest OfPage = new() { Parent = "plans/bench" };

    public static async Task RunAsync()
    {
        if (!LoadTool.IsThere)
        {
            Console.WriteLine("h2load is not there (Debian: nghttp2-client): reads were not measured.");
            return;
        }

        using var folder = new BenchFolder();
        var database = folder.File("actions.db");
        await using (var host = await BenchHost.StartAsync(database))
            await MakePlanAsync(host.Channel, folder);

        await using var bare = await ServerProcess.StartAsync(["serve-bare-actions", Path.GetDirectoryName(database)!]);
        await using var open = await ServerProcess.StartAsync(["serve-actions", database, "open"]);
        await using var unkept = await ServerProcess.StartAsync(["serve-actions", database, "open", "unkept"]);
        await using var closed = await ServerProcess.StartAsync(["serve-actions", database]);
        await TableAsync("an action", new FileInfo(folder.File("action")).Length, Get, OfAction, folder,
            ("bare, from an object", bare, null, 1),
            ("bare, sent a token that it does not look at", bare, TestIssuer.Everything, 1),
            ("cached", open, null, 0.9),
            ("cached, access control on", closed, TestIssuer.Everything, 0.75),
            ("not cached, from SQLite", unkept, null, 0.4));
        await TableAsync("a page of 50", new FileInfo(folder.File("page")).Length, List, OfPage, folder,
            ("bare, from objects", bare, null, 1),
            ("cached", open, null, 1.2),
            ("cached, access control on", closed, TestIssuer.Everything, 0.75));
    }

    private static async Task TableAsync(
        string what, long bytes, string method, IMessage request, BenchFolder folder, params (string Name, ServerProcess Server, string? Token, double Wanted)[] rows)
    {
        var rates = rows.Select(_ => new List<double>()).ToArray();
        var slowest = rows.Select(_ => new List<double>()).ToArray();
        var costs = rows.Select(_ => new List<double>()).ToArray();
        // In turns, so that what else happens on the machine happens to all; the first round warms up.
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var before = rows[i].Server.ProcessorTime;
                var (rate, slow) = await LoadTool.RunAsync(rows[i].Server.Address, method, request, folder, Seconds, rows[i].Token);
                if (round < 0)
                    continue;

                rates[i].Add(rate);
                slowest[i].Add(slow.TotalMilliseconds);
                // A second of warming up comes on top.
                costs[i].Add((rows[i].Server.ProcessorTime - before).TotalMicroseconds / (rate * (Seconds + 1)));
            }
        }

        Console.WriteLine($"| {what}, {bytes:N0} bytes, median of {Rounds} rounds | calls/s | ratio | wanted | p99 ms | ratio | server's processor µs a call | bare's to it |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < rows.Length; i++)
        {
            var (rate, slow) = (Median(rates[i]), Median(slowest[i]));
            Console.WriteLine($"| {rows[i].Name} | {rate:N0} | {rate / Median(rates[0]):F2} | {rows[i].Wanted:F2} | {slow:F2} | {slow / Median(slowest[0]):F2} | {Median(costs[i]):F1} | {Median(costs[0]) / Median(costs[i]):F2} |");
        }

        Console.WriteLine();
    }

    private static async Task MakePlanAsync(GrpcChannel channel, BenchFolder folder)
    {
        var client = new ActionService.ActionServiceClient(channel);
        var csv = string.Concat(Enumerable.Range(1, Actions).Select(i => $"Communities,C{i},Walk beat {i},NP,Constabulary,Beat {i} was walked.,Green\n"));
        await new GridService.GridServiceClient(channel).ImportGridAsync(new ImportGridRequest
        {
            Parent = "plans/bench",
            Period = "2018-07",
            Format = ImportGridRequest.Types.Format.Csv,
            Content = ByteString.CopyFromUtf8("Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status\n" + csv),
            CreateMissing = true,
        });
        for (var i = 1; i <= Actions; i++)
        {
            var note = $"Beat {i} is walked in the morning and the evening, those who live there are asked what worries them most, and the council is told what it can mend: lamps, hedges, fences.";
            await client.UpdatePlanActionAsync(new UpdatePlanActionRequest
            {
                PlanAction = new PlanAction { Name = $"plans/bench/actions/C{i}", Notes = { Enumerable.Repeat(note, 10) } },
            });
        }

        await File.WriteAllBytesAsync(folder.File("action"), (await client.GetPlanActionAsync(OfAction)).ToByteArray());
        await File.WriteAllBytesAsync(folder.File("page"), (await client.ListPlanActionsAsync(OfPage)).ToByteArray());
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
