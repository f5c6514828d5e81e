using Grpc.AspNetCore.Server.Model;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Caching;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>
/// GetPlanAction and ListPlanActions over gRPC: the bytes that are kept are sent as they are. The same methods of
/// <see cref="ActionGrpcService"/> are their JSON face.
/// </summary>
internal sealed class PlanActionEndpoint : IServiceMethodProvider<PlanActionReads>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<PlanActionReads> context)
    {
        context.AddUnaryMethod(
            BytesMethod.Unary(ActionService.Descriptor, nameof(ActionService.ActionServiceBase.GetPlanAction), GetPlanActionRequest.Parser),
            [],
            (reads, request, call) => reads.GetAsync(request, call).AsTask());
        context.AddUnaryMethod(
            BytesMethod.Unary(ActionService.Descriptor, nameof(ActionService.ActionServiceBase.ListPlanActions), ListPlanActionsRequest.Parser),
            [],
            (reads, request, call) => reads.ListAsync(request, call).AsTask());
    }
}

/// <summary>Puts the methods before those that the generated code binds.</summary>
internal static class PlanActionEndpointHosting
{
    public static void MapPlanActionEndpoint(this WebApplication app) => app.MapGrpcService<PlanActionReads>()
        .RequireAuthorization(Policies.PlanRead)
        .Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = -1);
}
