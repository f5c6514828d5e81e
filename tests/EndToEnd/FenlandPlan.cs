using Google.Protobuf;
using Grpc.Net.Client;
using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests;

/// <summary>The plan <c>plans/fenland</c>, with the leaves C1, C2 and so on.</summary>
internal static class FenlandPlan
{
    /// <summary>Imports so many leaves for October 2018.</summary>
    public static async Task<ImportGridResponse> ImportAsync(GrpcChannel channel, int leaves)
    {
        var csv = string.Concat(Enumerable.Range(1, leaves).Select(i => $"Communities,C{i},Walk beat {i},NP,Constabulary,Beat {i} was walked.,Green\n"));
        return await new GridService.GridServiceClient(channel).ImportGridAsync(
            new ImportGridRequest
            {
                Parent = "plans/fenland",
                Period = "2018-10",
                Format = ImportGridRequest.Types.Format.Csv,
                Content = ByteString.CopyFromUtf8("Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status\n" + csv),
                CreateMissing = true,
            },
            cancellationToken: Deadline.Token);
    }

    /// <summary>Opens January 2019 with nothing carried over.</summary>
    public static async Task OpenJanuaryAsync(GrpcChannel channel) => await new PlanService.PlanServiceClient(channel).CreatePeriodAsync(
        new CreatePeriodRequest { Parent = "plans/fenland", PeriodId = "2019-01", Period = new Period(), NoCarryOver = true },
        cancellationToken: Deadline.Token);

    /// <summary>The plan's newest revision.</summary>
    public static async Task<long> HeadAsync(GrpcChannel channel) => (await new PlanService.PlanServiceClient(channel).GetPlanAsync(
        new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token)).HeadRevision;
}
