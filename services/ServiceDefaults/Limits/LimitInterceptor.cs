using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.ServiceDefaults.Limits;

/// <summary>Holds each client to its limits.</summary>
internal sealed class LimitInterceptor(CallLimits limits) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (Caller.Of(context) is { Length: > 0 } client)
            limits.TakeCall(client);
        else if (IsOpen(context) && limits.TakeAnonymous(context.GetHttpContext().Connection.RemoteIpAddress) is { } limited)
            throw limited;
        return continuation(request, context);
    }

    // Data that is given without a token.
    private static bool IsOpen(ServerCallContext context) =>
        context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.PublicEditions;

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (Caller.Of(context) is not { Length: > 0 } client)
        {
            await continuation(request, responseStream, context);
            return;
        }

        limits.TakeCall(client);
        using var stream = limits.TakeStream(client);
        await continuation(request, responseStream, context);
    }
}
