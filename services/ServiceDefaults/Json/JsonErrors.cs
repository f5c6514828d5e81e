using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using PlanServices.ServiceDefaults.Errors;
using GrpcStatus = Google.Rpc.Status;

namespace PlanServices.ServiceDefaults.Json;

/// <summary>
/// The JSON face refuses what it cannot read before any service sees it, and says neither which field it was nor why in a way that a
/// program understands. Here such an answer becomes one as every other is: with a reason, and the field where it is known.
/// </summary>
internal static class JsonErrors
{
    // What is kept of a body to look into: enough for all but large uploads.
    private const int MostKept = 1 << 20;

    private static readonly JsonFormatter Formatter = new(
        JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    private static readonly JsonParser Parser = new(
        JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    /// <summary>Mends answers of JSON calls that bring anything that could be misread: a body, or arguments.</summary>
    public static void UseJsonErrors(this IApplicationBuilder app) => app.Use(next => async context =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not { MethodDescriptor.IsServerStreaming: false } method
            || (HttpMethods.IsGet(context.Request.Method) && !context.Request.QueryString.HasValue))
        {
            await next(context);
            return;
        }

        var (request, response) = (context.Request.Body, context.Response.Body);
        using var body = new RecordingStream(request, MostKept);
        using var answer = new HeldErrorStream(response, context.Response);
        (context.Request.Body, context.Response.Body) = (body, answer);
        try
        {
            await next(context);
        }
        finally
        {
            (context.Request.Body, context.Response.Body) = (request, response);
        }

        if (answer.Held is { IsEmpty: false } held)
        {
            var bytes = Mended(held, context, method, body);
            context.Response.ContentLength = null;
            await response.WriteAsync(bytes, context.RequestAborted);
        }
    });

    private static ReadOnlyMemory<byte> Mended(ReadOnlyMemory<byte> held, HttpContext context, GrpcJsonTranscodingMetadata method, RecordingStream body)
    {
        if (context.Response.StatusCode != StatusCodes.Status400BadRequest || Read(held) is not { Code: (int)StatusCode.InvalidArgument, Details.Count: 0 } status)
            return held;

        var fault = Fault(context.Request, method, body);
        var failure = fault is { } known
            ? ApiErrors.InvalidField(known.Field, known.Description)
            : new ApiException(StatusCode.InvalidArgument, CommonReasons.InvalidField, "The request cannot be read as its message; see the contract.");
        var domain = method.MethodDescriptor.File.Package;
        return System.Text.Encoding.UTF8.GetBytes(Formatter.Format(ErrorInterceptor.ToStatus(failure, domain)));
    }

    private static FieldError? Fault(Microsoft.AspNetCore.Http.HttpRequest request, GrpcJsonTranscodingMetadata method, RecordingStream body)
    {
        var message = method.MethodDescriptor.InputType;
        foreach (var (name, values) in request.Query)
        {
            foreach (var value in values)
            {
                if (JsonFaults.InArgument(name, value ?? "", message) is { } wrong)
                    return wrong;
            }
        }

        var part = method.HttpRule.Body;
        if (part.Length == 0 || body.Whole is not { } whole)
            return null;

        return part == "*"
            ? JsonFaults.InBody(whole, message, "")
            : message.FindFieldByName(part) is { FieldType: FieldType.Message } field ? JsonFaults.InBody(whole, field.MessageType, part) : null;
    }

    private static GrpcStatus? Read(ReadOnlyMemory<byte> held)
    {
        try
        {
            return Parser.Parse<GrpcStatus>(System.Text.Encoding.UTF8.GetString(held.Span));
        }
        catch (InvalidProtocolBufferException)
        {
            // It is no status: then it is no answer of the JSON face, and stays as it is.
            return null;
        }
    }
}
