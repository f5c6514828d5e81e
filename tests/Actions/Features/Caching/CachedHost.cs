using System.Diagnostics.Metrics;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using StackExchange.Redis;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Caching;

/// <summary>One of the processes that serve the plans of a folder, as far as a test's process can have several.</summary>
internal sealed class CachedHost : IAsyncDisposable
{
    /// <summary>The action that the tests read.</summary>
    public const string Name = "plans/fenland/actions/V1";

    private readonly TestHost _host;
    private readonly MetricCollector<long> _reads;
    private readonly MetricCollector<long> _errors;
    private readonly MetricCollector<long> _calls;

    private CachedHost(TestHost host)
    {
        _host = host;
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        _reads = new MetricCollector<long>(meters, "PlanServices", "planservices.cache.reads");
        _errors = new MetricCollector<long>(meters, "PlanServices", "planservices.cache.errors");
        _calls = new MetricCollector<long>(meters, "Microsoft.AspNetCore.Hosting", "http.server.active_requests");
        Actions = new ActionService.ActionServiceClient(host.Channel);
    }

    public ActionService.ActionServiceClient Actions { get; }

    public HttpClient Http => _host.Http;

    /// <summary>Starts a host over a folder. What it does not hear of it does not look for within the test, unless it is told to.</summary>
    public static Task<CachedHost> StartAsync(string folder, string? cache = null, params (string Name, string Value)[] settings) =>
        StartAsync(folder, cache, null, settings);

    /// <summary>The same with a clock that stands: there is no heartbeat and nothing grows old. What it learns of others it was told.</summary>
    public static Task<CachedHost> StartTimelessAsync(string folder, string cache) =>
        StartAsync(folder, cache, new FakeTimeProvider(TimeProvider.System.GetUtcNow()), []);

    private static async Task<CachedHost> StartAsync(string folder, string? cache, TimeProvider? time, (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Services:partners:grpc:0"] = "http://127.0.0.1:1",
            ["ConnectionStrings:cache"] = cache,
            ["Caching:MostStale"] = "00:01:00",
            // Patient enough for a busy machine, unless the test is about that.
            ["Caching:Patience"] = "00:00:05",
            ["Caching:Pause"] = "00:00:00",
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        return new CachedHost(await TestHost.StartAsync(
            builder =>
            {
                if (time is not null)
                    builder.Services.AddSingleton(time);
                builder.AddActions();
            },
            app => app.MapActions(),
            ["actions"],
            all,
            folder));
    }

    /// <summary>The same, with a plan.</summary>
    public static async Task<CachedHost> StartWithPlanAsync(string folder, string? cache = null, params (string Name, string Value)[] settings)
    {
        var host = await StartAsync(folder, cache, settings);
        await new GridService.GridServiceClient(host._host.Channel).ImportGridAsync(
            new ImportGridRequest
            {
                Parent = "plans/fenland",
                Period = "2018-10",
                Format = ImportGridRequest.Types.Format.Csv,
                Content = ByteString.CopyFromUtf8(Tests.Grids.TwoThemes),
                CreateMissing = true,
            },
            cancellationToken: Deadline.Token);
        return host;
    }

    public async Task<PlanAction> GetAsync(long least = 0) => await Actions.GetPlanActionAsync(
        new GetPlanActionRequest { Name = Name },
        least == 0 ? null : new Metadata { { "planservices-min-revision", $"{least}" } },
        cancellationToken: Deadline.Token);

    public async Task<PlanAction> RenameAsync(string title) => await Actions.UpdatePlanActionAsync(
        new UpdatePlanActionRequest { PlanAction = new PlanAction { Name = Name, Title = title } }, cancellationToken: Deadline.Token);

    /// <summary>How many calls have come and are not answered.</summary>
    public long Unanswered => _calls.GetMeasurementSnapshot().Sum(m => m.Value);

    /// <summary>How many reads were answered from there: memory, shared, database.</summary>
    public long Reads(string outcome) => Count(_reads, "planservices.outcome", outcome);

    /// <summary>How often Redis failed so.</summary>
    public long Errors(string kind) => Count(_errors, "planservices.error", kind);

    /// <summary>Asks for health, which is 200 all the while, until it says this of the cache.</summary>
    public async Task CacheBecomesAsync(string health)
    {
        var deadline = Deadline.Token;
        var checks = _host.Services.GetRequiredService<HealthCheckService>();
        while (true)
        {
            using var response = await Http.GetAsync("/health", deadline);
            response.EnsureSuccessStatusCode();
            var report = await checks.CheckHealthAsync(c => c.Name == "cache", deadline);
            if (Assert.Single(report.Entries).Value.Status.ToString() == health)
                return;
        }
    }

    /// <summary>The key under which Redis has the action, once it has it.</summary>
    public static async Task<RedisKey> StoredAsync(IConnectionMultiplexer redis)
    {
        var deadline = Deadline.Token;
        while (!deadline.IsCancellationRequested)
        {
            await foreach (var key in redis.GetServers()[0].KeysAsync(pattern: "planservices:1:*:action:V1").WithCancellation(deadline))
                return key;
        }

        throw new TimeoutException("Redis was given no action.");
    }

    public async ValueTask DisposeAsync()
    {
        _reads.Dispose();
        _errors.Dispose();
        _calls.Dispose();
        await _host.DisposeAsync();
    }

    private static long Count(MetricCollector<long> collector, string tag, string value) =>
        collector.GetMeasurementSnapshot().Where(m => Equals(m.Tags[tag], value)).Sum(m => m.Value);
}
