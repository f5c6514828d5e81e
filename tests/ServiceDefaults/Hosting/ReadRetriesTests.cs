using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Hosting;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Hosting;

public class ReadRetriesTests
{
    [Fact]
    public void Of_Client_ReadsAreTriedAgainAndNothingElse()
    {
        var config = Assert.Single(ReadRetries.Of(typeof(PlanService.PlanServiceClient)).MethodConfigs);

        var methods = config.Names.Select(n => n.Method).ToArray();
        Assert.Contains("GetPlan", methods);
        Assert.Contains("ListPeriods", methods);
        Assert.All(methods, m => Assert.True(m!.StartsWith("Get", StringComparison.Ordinal) || m.StartsWith("List", StringComparison.Ordinal), m));
        Assert.All(config.Names, n => Assert.Equal("planservices.actions.v1.PlanService", n.Service));
        Assert.Equal([StatusCode.Unavailable], config.RetryPolicy!.RetryableStatusCodes);
    }

    [Fact]
    public void Of_Client_StreamsAreNot() => Assert.DoesNotContain(
        ReadRetries.Of(typeof(ActionService.ActionServiceClient)).MethodConfigs.SelectMany(c => c.Names), n => n.Method == "WatchChanges");
}
