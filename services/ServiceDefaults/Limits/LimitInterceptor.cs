using Grpc.Core;
using Grpc.Core.Interceptors;
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
        return continuation(request, context);
    }

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
