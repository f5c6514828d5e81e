using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Partners.Features.Clients;

/// <summary>API clients over gRPC and JSON.</summary>
[Authorize(Policy = Policies.ClientsManage)]
internal sealed class ClientGrpcService(IDbContextFactory<PartnersContext> contexts, ClientWrites writes, TimeProvider time)
    : ClientService.ClientServiceBase
{
    public override async Task<ApiClient> GetApiClient(GetApiClientRequest request, ServerCallContext context)
    {
        var id = ResourceName.ApiClient.Parse(request.Name, "name")[0];
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var client = await db.ApiClients.AsNoTracking().Include(c => c.Secrets).SingleOrDefaultAsync(c => c.ClientId == id, context.CancellationToken)
            ?? throw ApiErrors.NotFound(request.Name);
        return client.ToMessage(time.GetUtcNow().UtcDateTime);
    }

    public override async Task<ListApiClientsResponse> ListApiClients(ListApiClientsRequest request, ServerCallContext context)
    {
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListApiClients));
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var read = await db.ApiClients.AsNoTracking().Include(c => c.Secrets)
            .Where(c => string.Compare(c.ClientId, page.After) > 0)
            .OrderBy(c => c.ClientId)
            .Take(page.Size + 1)
            .ToListAsync(context.CancellationToken);
        var (entries, next) = page.Cut(read, c => c.ClientId);
        var now = time.GetUtcNow().UtcDateTime;
        return new ListApiClientsResponse { ApiClients = { entries.Select(c => c.ToMessage(now)) }, NextPageToken = next };
    }

    public override Task<CreateApiClientResponse> CreateApiClient(CreateApiClientRequest request, ServerCallContext context) =>
        writes.CreateAsync(request, context.GetHttpContext().User, context.CancellationToken);

    public override Task<ApiClient> UpdateApiClient(UpdateApiClientRequest request, ServerCallContext context) =>
        writes.UpdateAsync(request, context.GetHttpContext().User, context.CancellationToken);

    public override Task<DeleteApiClientResponse> DeleteApiClient(DeleteApiClientRequest request, ServerCallContext context) =>
        writes.DeleteAsync(request, context.GetHttpContext().User, context.CancellationToken);

    public override Task<RotateSecretResponse> RotateSecret(RotateSecretRequest request, ServerCallContext context) =>
        writes.RotateAsync(request, context.GetHttpContext().User, context.CancellationToken);
}
