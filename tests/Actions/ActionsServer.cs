using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using PlanServices.Testing.SqlServer;

namespace PlanServices.Actions.Tests;

/// <summary>The Actions service on free ports, and clients of it.</summary>
public sealed class ActionsServer : IAsyncDisposable
{
    // Nothing listens there: a directory that is out of reach.
    private const string Nowhere = "http://127.0.0.1:1";

    private TestHost? _directory;

    private ActionsServer(TestHost host)
    {
        Host = host;
        Plans = new PlanService.PlanServiceClient(host.Channel);
        Actions = new ActionService.ActionServiceClient(host.Channel);
        Progress = new ProgressService.ProgressServiceClient(host.Channel);
        Grids = new GridService.GridServiceClient(host.Channel);
        Refreshes = new RefreshService.RefreshServiceClient(host.Channel);
    }

    public TestHost Host { get; }

    public PlanService.PlanServiceClient Plans { get; }

    public ActionService.ActionServiceClient Actions { get; }

    public ProgressService.ProgressServiceClient Progress { get; }

    public GridService.GridServiceClient Grids { get; }

    public RefreshService.RefreshServiceClient Refreshes { get; }

    public static async Task<ActionsServer> StartAsync(string? folder = null, TimeProvider? time = null, Uri? partners = null, Action<WebApplicationBuilder>? change = null, TestDatabase? database = null) =>
        new(await TestHost.StartAsync(
            builder =>
            {
                if (time is not null)
                    builder.Services.AddSingleton(time);
                builder.AddActions();
                IssuedQueries.Record<ActionsContext>(builder.Services);
                change?.Invoke(builder);
            },
            app => app.MapActions(),
            ["actions"],
            new Dictionary<string, string?>(database is null ? [] : [KeyValuePair.Create("ConnectionStrings:actions", (string?)database.ConnectionString)])
            {
                ["Services:partners:grpc:0"] = partners?.ToString() ?? Nowhere,
            },
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

    /// <summary>Makes a plan from a grid of two themes and three leaves, reported for July and with October open.</summary>
    public static async Task<ActionsServer> StartWithPlanAsync(TimeProvider? time = null, string? folder = null, FakeDirectory? directory = null)
    {
        var partners = directory is null ? null : await FakeDirectory.StartAsync(directory);
        var server = await StartAsync(folder, time, partners?.Addresses.Grpc);
        server._directory = partners;
        await server.ImportCsvAsync("fenland", "2018-07", Tests.Grids.TwoThemes);
        await server.OpenAsync("2018-10");
        return server;
    }

    /// <summary>Opens a period of the plan fenland.</summary>
    public async Task<Period> OpenAsync(string period, Action<CreatePeriodRequest>? change = null)
    {
        var request = new CreatePeriodRequest { Parent = "plans/fenland", PeriodId = period, Period = new Period() };
        change?.Invoke(request);
        return await Plans.CreatePeriodAsync(request, cancellationToken: Deadline.Token);
    }

    /// <summary>Deletes a period of the plan fenland.</summary>
    public async Task<DeletePeriodResponse> DeletePeriodAsync(string period, string etag = "") => await Plans.DeletePeriodAsync(
        new DeletePeriodRequest { Name = $"plans/fenland/periods/{period}", Etag = etag }, cancellationToken: Deadline.Token);

    /// <summary>Saves the update of a leaf of the plan fenland for October.</summary>
    public async Task<ProgressUpdate> SaveAsync(string reference, Action<ProgressUpdate> write, Action<SaveProgressUpdateRequest>? change = null)
    {
        var request = new SaveProgressUpdateRequest { ProgressUpdate = new ProgressUpdate { Name = NameOf(reference) } };
        write(request.ProgressUpdate);
        change?.Invoke(request);
        return await Progress.SaveProgressUpdateAsync(request, cancellationToken: Deadline.Token);
    }

    public async Task<ProgressUpdate> SubmitAsync(string reference, string etag = "") => await Progress.SubmitProgressUpdateAsync(
        new SubmitProgressUpdateRequest { Name = NameOf(reference), Etag = etag }, cancellationToken: Deadline.Token);

    public async Task<ProgressUpdate> ReturnAsync(string reference, string reason) => await Progress.ReturnProgressUpdateAsync(
        new ReturnProgressUpdateRequest { Name = NameOf(reference), Reason = reason }, cancellationToken: Deadline.Token);

    public async Task<ProgressUpdate> ApproveAsync(string reference) => await Progress.ApproveProgressUpdateAsync(
        new ApproveProgressUpdateRequest { Name = NameOf(reference) }, cancellationToken: Deadline.Token);

    public async Task<ProgressUpdate> GetAsync(string reference) => await Progress.GetProgressUpdateAsync(
        new GetProgressUpdateRequest { Name = NameOf(reference) }, cancellationToken: Deadline.Token);

    public async Task<Period> LockAsync(string period) => await Plans.LockPeriodAsync(
        new LockPeriodRequest { Name = $"plans/fenland/periods/{period}" }, cancellationToken: Deadline.Token);

    public static string NameOf(string reference, string period = "2018-10") => $"plans/fenland/actions/{reference}/updates/{period}";

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_directory is not null)
            await _directory.DisposeAsync();
    }
}
