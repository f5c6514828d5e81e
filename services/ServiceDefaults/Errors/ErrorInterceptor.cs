using System.Data.Common;
using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using GrpcStatus = Google.Rpc.Status;

namespace PlanServices.ServiceDefaults.Errors;

/// <summary>
/// The one place where a failure becomes an answer: a <c>google.rpc.Status</c> with an <c>ErrorInfo</c> and, where fields are to
/// blame, a <c>BadRequest</c>. What is no <see cref="ApiException"/> is logged and answered without its text: UNAVAILABLE where the
/// database failed, INTERNAL otherwise.
/// </summary>
internal sealed partial class ErrorInterceptor(ILogger<ErrorInterceptor> logger, IHostApplicationLifetime lifetime) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            var response = continuation(request, context);
            // What is answered from memory is there already.
            return response.IsCompletedSuccessfully ? response : MapAsync(response, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Map(e, context);
        }
    }

    private async Task<TResponse> MapAsync<TResponse>(Task<TResponse> response, ServerCallContext context)
    {
        try
        {
            return await response;
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Map(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Map(e, context);
        }
    }

    private RpcException Map(Exception exception, ServerCallContext context)
    {
        var domain = DomainOf(context.Method);
        if (exception is ApiException api)
        {
            var response = context.GetHttpContext().Response;
            if (api.RetryAfter is { } pause && !response.HasStarted)
                response.Headers.RetryAfter = $"{Math.Ceiling(pause.TotalSeconds)}";
            return ToStatus(api, domain).ToRpcException();
        }

        if (context.CancellationToken.IsCancellationRequested)
            return new RpcException(new Grpc.Core.Status(StatusCode.Cancelled, "The call was cancelled or its deadline passed."));

        if (exception is OperationCanceledException && lifetime.ApplicationStopping.IsCancellationRequested)
            return ToStatus(ApiErrors.Unavailable("The service is shutting down; call again."), domain).ToRpcException();

        var trace = Activity.Current?.TraceId.ToString() ?? context.GetHttpContext().TraceIdentifier;
        Log.Failed(logger, exception, context.Method, trace);
        if (exception is DbException)
            return ToStatus(ApiErrors.Unavailable($"The storage did not answer; the service's log has the cause under {trace}. Call again.", exception), domain).ToRpcException();

        var fault = new ApiException(StatusCode.Internal, CommonReasons.Internal, $"The service failed; its log has the cause under {trace}.")
            .With("trace", trace);
        return ToStatus(fault, domain).ToRpcException();
    }

    internal static GrpcStatus ToStatus(ApiException exception, string domain)
    {
        var info = new ErrorInfo { Domain = domain, Reason = exception.Reason };
        info.Metadata.Add(exception.Metadata);

        var status = new GrpcStatus { Code = (int)exception.Status, Message = exception.Message };
        status.Details.Add(Any.Pack(info));
        if (exception.Fields.Count > 0)
        {
            var badRequest = new BadRequest();
            badRequest.FieldViolations.AddRange(exception.Fields.Select(f =>
                new BadRequest.Types.FieldViolation { Field = f.Field, Description = f.Description }));
            status.Details.Add(Any.Pack(badRequest));
        }

        if (exception.RetryAfter is { } pause)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(pause) }));
        return status;
    }

    // "/planservices.actions.v1.PlanService/GetPlan" → "planservices.actions.v1".
    internal static string DomainOf(string method)
    {
        var service = method.AsSpan(1, method.IndexOf('/', 1) - 1);
        return service[..service.LastIndexOf('.')].ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed ({Trace})")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string trace);
    }
}
