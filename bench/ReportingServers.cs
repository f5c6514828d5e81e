using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Reporting;
using PlanServices.Reporting.V1;

namespace PlanServices.Bench;

/// <summary>What <see cref="SummaryBench"/> starts as processes of their own.</summary>
internal static class ReportingServers
{
    /// <summary>What a bare method of a small message gives.</summary>
    public static readonly StatusSummary SmallMessage = new() { Name = "plans/bench/periods/2018-10/summary" };

    /// <summary>The Reporting service over a model's file, following a catalogue.</summary>
    public static async Task ServeAsync(string database, string catalogue)
    {
        await using var host = await BenchHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:reporting"] = $"Data Source={database}",
                ["ConnectionStrings:publications"] = $"Data Source={database}.publications",
                ["Services:actions:grpc:0"] = catalogue,
                ["Services:partners:grpc:0"] = "http://127.0.0.1:1",
            },
            builder => builder.AddReporting(),
            app => app.MapReporting());
        await ServerProcess.ServeAsync(host);
    }

    /// <summary>A bare gRPC method that gives one message again and again: the one in a file, or a small one where that is <c>-</c>.</summary>
    public static async Task ServeBareAsync(string file)
    {
        var message = file == "-"
            ? SmallMessage
            : StatusSummary.Parser.ParseFrom(await File.ReadAllBytesAsync(file));
        await using var host = await BenchHost.StartAsync(
            [],
            builder => builder.Services.AddSingleton(message),
            app => app.MapGrpcService<BareGet>(),
            bare: true);
        await ServerProcess.ServeAsync(host);
    }

    private sealed class BareGet(StatusSummary message) : ReportService.ReportServiceBase
    {
        public override Task<StatusSummary> GetStatusSummary(GetStatusSummaryRequest request, ServerCallContext context) => Task.FromResult(message);
    }
}
