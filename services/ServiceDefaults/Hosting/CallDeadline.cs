using Grpc.Core;
using Grpc.Core.Interceptors;

namespace PlanServices.ServiceDefaults.Hosting;

/// <summary>Gives a deadline to each call of another service that has none. A stream has none: its reader watches for silence.</summary>
internal sealed class CallDeadline(TimeProvider time) : Interceptor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (context.Options.Deadline is null)
            context = new(context.Method, context.Host, context.Options.WithDeadline(time.GetUtcNow().UtcDateTime + Patience));
        return continuation(request, context);
    }
}
