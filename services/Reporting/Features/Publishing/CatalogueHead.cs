using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features.Publishing;

/// <summary>Asks the catalogue itself how far a plan is: the read model may be behind.</summary>
internal sealed class CatalogueHead(PlanService.PlanServiceClient catalogue)
{
    /// <summary>The plan's newest revision. NOT_FOUND where there is no such plan; UNAVAILABLE where the catalogue is out of reach.</summary>
    public async Task<long> OfAsync(string planId, CancellationToken cancellationToken)
    {
        var name = ResourceName.Plan.Of(planId);
        try
        {
            return (await catalogue.GetPlanAsync(new GetPlanRequest { Name = name }, cancellationToken: cancellationToken)).HeadRevision;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            throw ApiErrors.NotFound(name);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            throw ApiErrors.Unavailable("The catalogue is out of reach, and only it knows whether the period is still locked; call again.", e);
        }
    }
}
