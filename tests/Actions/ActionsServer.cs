using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.Actions.Tests;

/// <summary>The Actions service on free ports, and clients of it.</summary>
public sealed class ActionsServer : IAsyncDisposable
{
    // Nothing listens there: a directory that is out of reach.
    private const string Nowhere = "http://127.0.0.1:1";

    private ActionsServer(TestHost host)
    {
        Host = host;
        Plans = new PlanService.PlanServiceClient(host.Channel);
        Actions = new ActionService.ActionServiceClient(host.Channel);
        Progress = new ProgressService.ProgressServiceClient(host.Channel);
        Grids = new GridService.GridServiceClient(host.Channel);
    }

    public TestHost Host { get; }

    public PlanService.PlanServiceClient Plans { get; }

    public ActionService.ActionServiceClient Actions { get; }

    public ProgressService.ProgressServiceClient Progress { get; }

    public GridService.GridServiceClient Grids { get; }

    public static async Task<ActionsServer> StartAsync(string? folder = null, TimeProvider? time = null, Uri? partners = null) =>
        new(await TestHost.StartAsync(
            builder =>
            {
                if (time is not null)
                    builder.Services.AddSingleton(time);
                builder.AddActions();
            },
            app => app.MapActions(),
            ["actions"],
            new Dictionary<string, string?> { ["Services:partners:grpc:0"] = partners?.ToString() ?? Nowhere },
            folder));

    /// <summary>Makes a plan with nothing in it.</summary>
    public async Task<Plan> CreatePlanAsync(string id) => await Plans.CreatePlanAsync(
        new CreatePlanRequest { PlanId = id, Plan = new Plan { DisplayName = $"Plan {id}" } }, cancellationToken: Deadline.Token);

    /// <summary>Imports a CSV grid, making what is missing.</summary>
    public async Task<ImportGridResponse> ImportCsvAsync(string plan, string period, string csv, Action<ImportGridRequest>? change = null)
    {
        var request = new ImportGridRequest
        {
            Parent = $"plans/{plan}",
            Period = period,
            Format = ImportGridRequest.Types.Format.Csv,
            FileName = "grid.csv",
            Content = ByteString.CopyFromUtf8(csv),
            CreateMissing = true,
        };
        change?.Invoke(request);
        return await Grids.ImportGridAsync(request, cancellationToken: Deadline.Token);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
