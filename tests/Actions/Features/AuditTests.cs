using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Audit.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features;

public class AuditTests
{
    [Fact]
    public async Task Write_CarriedOutTriedOrRefused_HasOneEntry()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => u.Narrative = "Text.");
        await server.OpenAsync("2081-10");

        await Assert.ThrowsAsync<RpcException>(() => server.DeletePeriodAsync("2018-10"));
        await server.Plans.DeletePeriodAsync(
            new DeletePeriodRequest { Name = "plans/fenland/periods/2081-10", ValidateOnly = true }, cancellationToken: Deadline.Token);
        await server.DeletePeriodAsync("2081-10");

        var log = await new AuditService.AuditServiceClient(server.Host.Channel).ListAuditEntriesAsync(
            new ListAuditEntriesRequest { Service = "actions", PageSize = 5 }, cancellationToken: Deadline.Token);
        Assert.Equal(
            [
                ("DeletePeriod", "plans/fenland/periods/2081-10", "OK"),
                ("DeletePeriod", "plans/fenland/periods/2081-10", "OK UNCHANGED"),
                ("DeletePeriod", "plans/fenland/periods/2018-10", "FAILED_PRECONDITION ERROR_REASON_NOT_DELETABLE"),
                ("CreatePeriod", "plans/fenland 2081-10", "OK"),
                ("SaveProgressUpdate", "plans/fenland/actions/V1/updates/2018-10", "OK"),
            ],
            log.AuditEntries.Select(e => (e.Method[(e.Method.LastIndexOf('/') + 1)..], e.Resource, e.Outcome)));
    }
}
