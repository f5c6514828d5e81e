using System.Text;
using Google.Api;
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
/// program understands. Here such an answer becomes one as every other is: with a reason, and the field where it is known. What it would
/// pass over in silence is refused in the same way.
/// </summary>
internal static class JsonErrors
{
    // What is kept of a body to look into: enough for all but large uploads.
    private const int MostKept = 1 << 20;

    private static readonly JsonFormatter Formatter = new(
        JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    private static readonly JsonParser Parser = new(
        JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    /// <summary>
    /// Refuses JSON calls that name what their message does not have, and mends the answers to those that cannot be read.
    /// </summary>
    public static void UseJsonErrors(this IApplicationBuilder app) => app.Use(next => context =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not { } method
        || (HttpMethods.IsGet(context.Request.Method) && !context.Request.QueryString.HasValue)
            ? next(context)
            : AnswerAsync(next, context, method));

    private static async Task AnswerAsync(RequestDelegate next, HttpContext context, GrpcJsonTranscodingMetadata method)
    {
        var (request, response) = (context.Request, context.Response);
        var (requestBody, responseBody) = (request.Body, response.Body);
        using var body = new PeekedStream(requestBody);
        if (method.HttpRule.Body.Length > 0)
            await body.PeekAsync(MostKept, context.RequestAborted);
        if (Unknown(context, method, body) is { Count: > 0 } unknown)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            response.ContentType = "application/json";
            await responseBody.WriteAsync(Answer(ApiErrors.InvalidFields(unknown), method), context.RequestAborted);
            return;
        }

        using var answer = new HeldErrorStream(responseBody, response);
        request.Body = body;
        // A stream is passed on as it comes.
        if (!method.MethodDescriptor.IsServerStreaming)
            response.Body = answer;
        try
        {
            await next(context);
        }
        finally
        {
            (request.Body, response.Body) = (requestBody, responseBody);
        }

        if (answer.Held is { IsEmpty: false } held)
        {
            var bytes = Mended(held, context, method, body);
            response.ContentLength = null;
            await responseBody.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static List<FieldError> Unknown(HttpContext context, GrpcJsonTranscodingMetadata method, PeekedStream body)
    {
        var path = PathOf(method.HttpRule);
        var unknown = context.Request.Query.Keys
            .Select(name => UnknownFields.InArgument(name, method.MethodDescriptor.InputType, method.HttpRule.Body, field => IsIn(path, field)))
            .OfType<FieldError>()
            .ToList();
        if (body.Whole is { } whole && InBody(method) is var (message, part))
            unknown.AddRange(UnknownFields.InBody(whole, message, part));

        return unknown;
    }

    private static bool IsIn(string path, string field) =>
        path.Contains($"{{{field}=", StringComparison.Ordinal) || path.Contains($"{{{field}}}", StringComparison.Ordinal);

    private static string PathOf(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => rule.Get,
        HttpRule.PatternOneofCase.Put => rule.Put,
        HttpRule.PatternOneofCase.Post => rule.Post,
        HttpRule.PatternOneofCase.Delete => rule.Delete,
        HttpRule.PatternOneofCase.Patch => rule.Patch,
        _ => "",
    };

    // What the body is, and where that stands in the request.
    private static (MessageDescriptor Message, string Path)? InBody(GrpcJsonTranscodingMetadata method)
    {
        var message = method.MethodDescriptor.InputType;
        return method.HttpRule.Body switch
        {
            "" => null,
            "*" => (message, ""),
            var part => message.FindFieldByName(part) is { FieldType: FieldType.Message, IsRepeated: false } field ? (field.MessageType, part) : null,
        };
    }

    private static ReadOnlyMemory<byte> Mended(ReadOnlyMemory<byte> held, HttpContext context, GrpcJsonTranscodingMetadata method, PeekedStream body)
    {
        if (context.Response.StatusCode != StatusCodes.Status400BadRequest || Read(held) is not { Code: (int)StatusCode.InvalidArgument, Details.Count: 0 })
            return held;

        return Answer(
            Fault(context.Request, method, body) is { } known
                ? ApiErrors.InvalidField(known.Field, known.Description)
                : new ApiException(StatusCode.InvalidArgument, CommonReasons.InvalidField, "The request cannot be read as its message; see the contract."),
            method);
    }

    private static byte[] Answer(ApiException failure, GrpcJsonTranscodingMetadata method) =>
        Encoding.UTF8.GetBytes(Formatter.Format(ErrorInterceptor.ToStatus(failure, method.MethodDescriptor.File.Package)));

    private static FieldError? Fault(Microsoft.AspNetCore.Http.HttpRequest request, GrpcJsonTranscodingMetadata method, PeekedStream body)
    {
        foreach (var (name, values) in request.Query)
        {
            foreach (var value in values)
            {
                if (JsonFaults.InArgument(name, value ?? "", method.MethodDescriptor.InputType) is { } wrong)
                    return wrong;
            }
        }

        return body.Whole is { } whole && InBody(method) is var (message, part) ? JsonFaults.InBody(whole, message, part) : null;
    }

    private static GrpcStatus? Read(ReadOnlyMemory<byte> held)
    {
        try
        {
            return Parser.Parse<GrpcStatus>(Encoding.UTF8.GetString(held.Span));
        }
        catch (InvalidProtocolBufferException)
        {
            // It is no status: then it is no answer of the JSON face, and stays as it is.
            return null;
        }
    }
}
