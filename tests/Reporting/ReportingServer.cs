using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using PlanServices.Testing.SqlServer;

namespace PlanServices.Reporting.Tests;

/// <summary>The Reporting service on free ports, and the catalogue and directory that it reads.</summary>
public sealed class ReportingServer : IAsyncDisposable
{
    // Nothing listens there: a directory that is out of reach.
    private const string Nowhere = "http://127.0.0.1:1";

    private readonly TestHost _others;

    private ReportingServer(TestHost others, TestHost host)
    {
        _others = others;
        Host = host;
        Reports = new ReportService.ReportServiceClient(host.Channel);
        Catalogue = others.Services.GetRequiredService<FakeCatalogue>();
        Plans = others.Services.GetRequiredService<FakePlans>();
        Directory = others.Services.GetRequiredService<FakeDirectory>();
    }

    public TestHost Host { get; }

    public FakeCatalogue Catalogue { get; }

    public FakePlans Plans { get; }

    public FakeDirectory Directory { get; }

    public ReportService.ReportServiceClient Reports { get; }

    public static async Task<ReportingServer> StartAsync(string? folder = null, TimeProvider? time = null, bool directory = true, Action<FakeDirectory>? prepare = null, bool rebuild = false, (TestDatabase Model, TestDatabase Reports)? databases = null, Action<WebApplicationBuilder>? change = null)
    {
        var others = await TestHost.StartAsync(
            builder => builder.Services.AddSingleton<FakeCatalogue>().AddSingleton<FakePlans>().AddSingleton<FakeDirectory>(),
            app =>
            {
                app.MapGrpcService<FakeCatalogue>().RequireAuthorization(Policies.Public);
                app.MapGrpcService<FakePlans>().RequireAuthorization(Policies.Public);
                app.MapGrpcService<FakeDirectory>().RequireAuthorization(Policies.Public);
            },
            []);
        prepare?.Invoke(others.Services.GetRequiredService<FakeDirectory>());
        var host = await TestHost.StartAsync(
            builder =>
            {
                if (time is not null)
                    builder.Services.AddSingleton(time);
                builder.AddReporting();
                IssuedQueries.Record<ReportingContext>(builder.Services);
                IssuedQueries.Record<PublicationContext>(builder.Services);
                change?.Invoke(builder);
            },
            app => app.MapReporting(),
            ["reporting", "publications"],
            new Dictionary<string, string?>(databases is not var (model, reports) ? [] :
            [
                KeyValuePair.Create("ConnectionStrings:reporting", (string?)model.ConnectionString),
                KeyValuePair.Create("ConnectionStrings:publications", (string?)reports.ConnectionString),
            ])
            {
                ["Services:actions:grpc:0"] = others.Addresses.Grpc.ToString(),
                ["Reporting:Rebuild"] = rebuild ? "true" : "false",
                ["Services:partners:grpc:0"] = directory ? others.Addresses.Grpc.ToString() : Nowhere,
            },
            folder);
        return new ReportingServer(others, host);
    }

    /// <summary>The summary of the plan that <see cref="Messages"/> makes, not older than a revision.</summary>
    public async Task<StatusSummary> SummaryAsync(long least = 0) => await Reports.GetStatusSummaryAsync(
        new GetStatusSummaryRequest { Name = $"{Messages.PeriodName}/summary" }, Least($"{least}"), cancellationToken: Deadline.Token);

    public async Task<string> RenderAsync(Format format, string name = Messages.PeriodName) =>
        (await Reports.RenderReportAsync(new RenderReportRequest { Name = name, Format = format }, cancellationToken: Deadline.Token))
            .Data.ToStringUtf8();

    public async Task<string> HealthAsync()
    {
        using var answer = await Host.Http.GetAsync(new Uri("/health", UriKind.Relative), Deadline.Token);
        return await answer.Content.ReadAsStringAsync(Deadline.Token);
    }

    public static Metadata Least(string revision) => new() { { "planservices-min-revision", revision } };

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _others.DisposeAsync();
    }
}
