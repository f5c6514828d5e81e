using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace PlanServices.ServiceDefaults.Errors;

/// <summary>Answers a failure where no gRPC handler runs: over gRPC as trailers, to the JSON face as JSON.</summary>
public static class Failures
{
    private static readonly JsonFormatter Json = new(
        JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)).WithFormatDefaultValues(true));

    /// <param name="context">The call.</param>
    /// <param name="failure">What it failed of.</param>
    /// <param name="method">The method's full name, <c>/package.Service/Method</c>; null where no method was called.</param>
    public static async Task WriteAsync(HttpContext context, ApiException failure, string? method)
    {
        var status = ErrorInterceptor.ToStatus(failure, method is null ? "planservices" : ErrorInterceptor.DomainOf(method));
        if (failure.RetryAfter is { } pause)
            context.Response.Headers.RetryAfter = $"{Math.Ceiling(pause.TotalSeconds)}";
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.Response.ContentType = "application/grpc";
            context.Response.Headers.GrpcStatus = $"{status.Code}";
            context.Response.Headers.GrpcMessage = Uri.EscapeDataString(status.Message);
            context.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
            return;
        }

        context.Response.StatusCode = HttpStatus(failure.Status);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Json.Format(status), context.RequestAborted);
    }

    private static int HttpStatus(StatusCode status) => status switch
    {
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "It is a failure of a handler."),
    };
}
