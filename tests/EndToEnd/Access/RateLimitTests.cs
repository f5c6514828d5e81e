using System.Globalization;
using System.Net;
using Google.Rpc;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

public class RateLimitTests
{
    [Fact]
    public async Task Calls_MoreThanTheClientMay_AreTurnedAwayAndSayWhenToTryAgain()
    {
        await using var host = await SuiteHost.StartAsync(new Dictionary<string, string?> { ["Access:CallsPerSecond"] = "1", ["Access:CallsAtOnce"] = "3" });
        using var http = host.HttpFor(TestIssuer.Token([Scopes.PlanRead], "busy"));
        using var channel = host.ChannelFor(TestIssuer.Token([Scopes.PlanRead], "busy"));
        using var other = host.HttpFor(TestIssuer.Token([Scopes.PlanRead], "quiet"));

        HttpResponseMessage answer;
        do
            answer = await http.GetAsync("/v1/plans", Deadline.Token);
        while (answer.IsSuccessStatusCode);
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
                await new PlanService.PlanServiceClient(channel).ListPlansAsync(new ListPlansRequest(), cancellationToken: Deadline.Token);
        });

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(int.Parse(Assert.Single(answer.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture) >= 1);
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.True(failure.GetRpcStatus()!.GetDetail<RetryInfo>().RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/v1/plans", Deadline.Token)).StatusCode);
    }

    [Fact]
    public async Task Streams_MoreThanTheClientMay_AreTurnedAwayUntilOneEnds()
    {
        await using var host = await SuiteHost.StartAsync(new Dictionary<string, string?> { ["Access:Streams"] = "2" });
        await new PlanService.PlanServiceClient(host.Channel).CreatePlanAsync(
            new CreatePlanRequest { PlanId = "fenland", Plan = new Plan { DisplayName = "Fenland" } }, cancellationToken: Deadline.Token);
        using var channel = host.ChannelFor(TestIssuer.Token([Scopes.PlanRead], "watcher"));
        var actions = new ActionService.ActionServiceClient(channel);
        AsyncServerStreamingCall<WatchChangesResponse> Watch() =>
            actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);

        using var first = Watch();
        using var second = Watch();
        Assert.True(await first.ResponseStream.MoveNext(Deadline.Token));
        Assert.True(await second.ResponseStream.MoveNext(Deadline.Token));
        using var third = Watch();
        var failure = await Assert.ThrowsAsync<RpcException>(() => third.ResponseStream.MoveNext(Deadline.Token));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        first.Dispose();
        var deadline = Deadline.Token;
        while (true)
        {
            using var again = Watch();
            try
            {
                Assert.True(await again.ResponseStream.MoveNext(deadline));
                break;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
            {
                // The server hears of the end a moment later.
                Assert.False(deadline.IsCancellationRequested);
            }
        }
    }

    [Fact]
    public async Task Guesses_FromOneAddress_AreTurnedAway()
    {
        await using var host = await SuiteHost.StartAsync(new Dictionary<string, string?> { ["Access:AnonymousCallsPerSecond"] = "1" });
        using var http = host.HttpFor("nonsense");
        HttpResponseMessage answer;
        do
            answer = await http.GetAsync("/v1/plans", Deadline.Token);
        while (answer.StatusCode == HttpStatusCode.Unauthorized);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotEmpty(answer.Headers.GetValues("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/v1/plans", Deadline.Token)).StatusCode);
    }
}
