using System.Threading.Channels;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PlanServices.ServiceDefaults.Caching;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Telemetry;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Changes;

public sealed class WatchLoopTests : IDisposable
{
    private static readonly TimeSpan MostBetweenCheckpoints = TimeSpan.FromSeconds(15);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Clock _time = new();
    private readonly CancellationTokenSource _end = new();

    public void Dispose()
    {
        _services.Dispose();
        _end.Dispose();
    }

    [Fact]
    public async Task RunAsync_NothingHappens_CheckpointsAtLeastEveryFifteenSeconds()
    {
        var reader = new Reader(taken: true);
        var run = RunAsync(reader, new Watch(0));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("checkpoint", await reader.Messages.ReadAsync(Deadline.Token));
            // From here on it waits for the clock alone.
            Assert.InRange(await _time.Waits.ReadAsync(Deadline.Token), TimeSpan.FromSeconds(1), MostBetweenCheckpoints);
            _time.Advance(MostBetweenCheckpoints);
        }

        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task RunAsync_ReaderTakesNothing_HoldsOneMessageAndEnds()
    {
        var reader = new Reader(taken: false);
        var watch = new Watch(1000);
        var run = RunAsync(reader, watch);
        await reader.Messages.ReadAsync(Deadline.Token);
        var patience = await _time.Waits.ReadAsync(Deadline.Token);

        _time.Advance(patience);

        var failure = await Assert.ThrowsAsync<ApiException>(() => run.WaitAsync(Deadline.Token));
        Assert.Equal((StatusCode.ResourceExhausted, "brought"), (failure.Status, failure.Metadata["resume_token"]));
        Assert.Equal(1, watch.Made);
    }

    private Task RunAsync(Reader reader, Watch watch)
    {
        var metrics = new WatchMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), _time);
        var writer = new SingleWriter<NoContext>(new NoContexts(), NullLogger<SingleWriter<NoContext>>.Instance);
        var signal = new ChangeSignal<NoContext>(new CommitNews<NoContext>(writer, _services));
        var loop = new WatchLoop<NoContext>(signal, metrics, new Running(), _time);
        return loop.RunAsync(reader, "Watch", "brought", _ => Task.FromResult<IWatch<string>>(watch), _end.Token);
    }

    private sealed class NoContext : DbContext;

    private sealed class NoContexts : IDbContextFactory<NoContext>
    {
        public NoContext CreateDbContext() => throw new InvalidOperationException("Nothing is written here.");
    }

    // Tells what is waited for.
    private sealed class Clock : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public ChannelReader<TimeSpan> Waits => _waits.Reader;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }
    }

    // Has this many messages to send, at once.
    private sealed class Watch(int messages) : IWatch<string>
    {
        public int Made { get; private set; }

        public async Task<bool> SendAsync(PatientWriter<string> stream, WatchLag lag, CancellationToken cancellationToken)
        {
            while (Made < messages)
                await stream.WriteAsync($"message {++Made}", $"{Made}", cancellationToken);

            return false;
        }

        public (string Message, string ResumeToken) Checkpoint() => ("checkpoint", "token");
    }

    private sealed class Reader(bool taken) : IServerStreamWriter<string>
    {
        private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

        public ChannelReader<string> Messages => _messages.Reader;

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            _messages.Writer.TryWrite(message);
            return taken ? Task.CompletedTask : new TaskCompletionSource().Task;
        }
    }

    private sealed class Running : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new InvalidOperationException("Nothing stops here.");
    }
}
