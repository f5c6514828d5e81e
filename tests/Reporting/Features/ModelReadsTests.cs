using Grpc.Core;
using Microsoft.AspNetCore.Http;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.Features.Model;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Reporting.Tests.Features;

/// <summary>Reads of the model while it moves.</summary>
public sealed class ModelReadsTests
{
    private const int Periods = 20_000;

    [Fact]
    public async Task Find_WhileTheRevisionThatBringsItArrives_WaitsAndFindsIt()
    {
        var plan = new PlanModel(1, "plans/county") { Plan = new Plan { Name = "plans/county" } };
        var plans = new PlanModels();
        plans.Show(plan);
        var progress = new ModelProgress();
        progress.ReachedTheEnd();
        var reads = new ModelReads(plans, progress, TimeProvider.System);

        var stop = Deadline.Token;
        var asked = 0;
        var arriving = Task.Run(
            () =>
            {
                for (var revision = 1; revision <= Periods; revision++)
                {
                    // Each arrives while it is asked for.
                    while (Volatile.Read(ref asked) < revision)
                        stop.ThrowIfCancellationRequested();
                    lock (plan.Lock)
                    {
                        plan.SetPeriod(plan.AddPeriod(revision, $"plans/county/periods/{revision}"), new Period());
                        plan.Reach(revision, default);
                    }

                    progress.Moved();
                }
            },
            stop);

        for (var revision = 1; revision <= Periods; revision++)
        {
            var call = new Call(revision);
            Volatile.Write(ref asked, revision);
            var (_, period) = await reads.FindAsync("county", $"{revision}", call);
            Assert.Equal($"{revision}", period.Id);
        }

        await arriving;
    }

    /// <summary>A call that asks for a revision.</summary>
    private sealed class Call : ServerCallContext
    {
        public Call(long least)
        {
            var http = new DefaultHttpContext();
            http.Request.Headers["planservices-min-revision"] = $"{least}";
            UserState["__HttpContext"] = http;
        }

        protected override string MethodCore => "";

        protected override string HostCore => "";

        protected override string PeerCore => "";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore { get; } = [];

        protected override CancellationToken CancellationTokenCore => TestContext.Current.CancellationToken;

        protected override Metadata ResponseTrailersCore { get; } = [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore { get; } = new("", []);

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
