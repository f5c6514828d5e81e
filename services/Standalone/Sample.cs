using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Standalone;

/// <summary>Brings the sample plan into a new database, over the contracts, as any client would. The host is ready when it is there.</summary>
internal sealed partial class Sample(
    PlanService.PlanServiceClient plans,
    GridService.GridServiceClient grids,
    Migration<ActionsContext> database,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Sample> logger)
    : BackgroundService, IHealthCheck
{
    private const string Name = "plans/sample";

    // A machine that has much else to do is no reason to give up a start.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private volatile bool _done;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The sample plan is being loaded."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "plans", "sample"), "*.csv").Order().ToArray();
        if (database.CreatedDatabase || await CutShortAsync(files, stoppingToken))
        {
            await LoadAsync(files, stoppingToken);
            Log.Loaded(logger, Name);
        }

        _done = true;
    }

    // True where an earlier start was ended before the sample was whole.
    private async Task<bool> CutShortAsync(string[] files, CancellationToken cancellationToken)
    {
        try
        {
            var periods = await plans.ListPeriodsAsync(new ListPeriodsRequest { Parent = Name }, cancellationToken: cancellationToken);
            return periods.Periods.Count < files.Length;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task LoadAsync(string[] files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await grids.ImportGridAsync(
                new ImportGridRequest
                {
                    Parent = Name,
                    Period = Path.GetFileNameWithoutExtension(file),
                    Format = ImportGridRequest.Types.Format.Csv,
                    FileName = Path.GetFileName(file),
                    Content = ByteString.CopyFrom(await File.ReadAllBytesAsync(file, cancellationToken)),
                    CreateMissing = true,
                },
                deadline: time.GetUtcNow().UtcDateTime + Patience,
                cancellationToken: cancellationToken);
        }

        await plans.UpdatePlanAsync(
            new UpdatePlanRequest
            {
                Plan = new Plan
                {
                    Name = Name,
                    DisplayName = "Sample plan",
                    Description = "A county's Police and Crime Plan in short words of our own: the structure, leads and links follow a "
                        + "real progress paper of October 2018; the statuses, directions and texts are made up.",
                },
            },
            cancellationToken: cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the sample plan, {Plan}")]
        public static partial void Loaded(ILogger logger, string plan);
    }
}

/// <summary>Puts the sample plan into a host.</summary>
internal static class SampleHosting
{
    public static void AddSample(this WebApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<PlanService.PlanServiceClient>("actions");
        builder.Services.AddServiceClient<GridService.GridServiceClient>("actions");
        builder.Services.AddSingleton<Sample>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Sample>());
        builder.Services.AddHealthChecks().AddCheck<Sample>("sample plan");
    }
}
