using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Auditing;

/// <summary>Sees to it that each call that may change something has its entry in the audit log.</summary>
internal sealed class AuditInterceptor(AuditTrail trail) : Interceptor
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Func<IMessage, string>> Resources = new();

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var http = context.GetHttpContext();
        var policy = http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        if (policy == Policies.PublicEditions)
            return ReadPublicAsync(request, context, continuation);
        return Policies.IsReading(policy) || IsReading(context.Method)
            ? continuation(request, context)
            : WriteAsync(http, request, context, continuation);
    }

    private async Task<TResponse> WriteAsync<TRequest, TResponse>(
        HttpContext http, TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class
    {
        var call = trail.Begin(http, context.Method, ResourceOf((IMessage)request));
        AuditedCall.Current = call;
        try
        {
            var response = await continuation(request, context);
            if (!call.Stored)
                await trail.AppendAsync(call, call.Kept ? AuditedCall.Ok : AuditedCall.Unchanged);
            return response;
        }
        catch (Exception e)
        {
            await trail.AppendAsync(call, e switch
            {
                ApiException api => AuditTrail.OutcomeOf(api),
                OperationCanceledException => "CANCELLED",
                _ => "INTERNAL",
            });
            throw;
        }
        finally
        {
            AuditedCall.Current = null;
        }
    }

    // Who is refused there is refused by the service, not by the policy.
    private async Task<TResponse> ReadPublicAsync<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class
    {
        try
        {
            return await continuation(request, context);
        }
        catch (ApiException e) when (e.Status is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            await trail.DeniedAsync(context.GetHttpContext(), context.Method, ResourceOf((IMessage)request), AuditTrail.OutcomeOf(e));
            throw;
        }
    }

    // AIP-131, AIP-132: methods that are called so change nothing.
    private static bool IsReading(string method)
    {
        var name = method.AsSpan(method.LastIndexOf('/') + 1);
        return name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("List", StringComparison.Ordinal);
    }

    private static string ResourceOf(IMessage request) => Resources.GetOrAdd(request.Descriptor, Reader)(request);

    // The request's name, or that of the resource in it, or the parent and the id of what it makes.
    private static Func<IMessage, string> Reader(MessageDescriptor request)
    {
        if (request.FindFieldByName("name") is { FieldType: FieldType.String } name)
            return r => (string)name.Accessor.GetValue(r);

        var inner = request.Fields.InDeclarationOrder()
            .Where(f => f is { FieldType: FieldType.Message, IsRepeated: false })
            .Select(f => (Field: f, Name: f.MessageType.FindFieldByName("name")))
            .FirstOrDefault(p => p.Name is { FieldType: FieldType.String });
        var made = request.Fields.InDeclarationOrder()
            .Where(f => f is { FieldType: FieldType.String, IsRepeated: false } && (f.Name == "parent" || (f.Name.EndsWith("_id", StringComparison.Ordinal) && f.Name != "request_id")))
            .OrderBy(f => f.Name != "parent")
            .ToArray();
        return r =>
        {
            var named = inner.Field?.Accessor.GetValue(r) is IMessage resource ? (string)inner.Name.Accessor.GetValue(resource) : "";
            return named.Length > 0 ? named : string.Join(' ', made.Select(f => (string)f.Accessor.GetValue(r)).Where(t => t.Length > 0));
        };
    }
}
