using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>What people do with the pages, from one end to the other, each on a server of its own with the sample plan.</summary>
public abstract class Journey(Chromium chromium) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    protected Chromium Chromium { get; } = chromium;

    protected StandaloneProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await StandaloneProcess.StartAsync(_folder.Path, sample: true);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A tab that looks at the server.</summary>
    protected Task<Tab> OpenAsync() => Chromium.OpenAsync(Server.Http.BaseAddress!);

    protected async Task ImportAsync(string plan, string csv) => await new GridService.GridServiceClient(Server.Channel).ImportGridAsync(
        new ImportGridRequest
        {
            Parent = $"plans/{plan}",
            Period = "2018-10",
            Format = ImportGridRequest.Types.Format.Csv,
            FileName = "grid.csv",
            Content = ByteString.CopyFromUtf8(csv),
            CreateMissing = true,
        },
        cancellationToken: Deadline.Token);

    protected async Task<IReadOnlyList<ProgressUpdate>> UpdatesAsync(string plan)
    {
        var plans = await new PlanService.PlanServiceClient(Server.Channel).ListPlansAsync(new ListPlansRequest(), cancellationToken: Deadline.Token);
        if (plans.Plans.All(p => p.Name != $"plans/{plan}"))
            return [];

        return (await new ProgressService.ProgressServiceClient(Server.Channel).ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = $"plans/{plan}/actions/-", Period = "2018-10", PageSize = 1000 },
            cancellationToken: Deadline.Token)).ProgressUpdates;
    }
}
