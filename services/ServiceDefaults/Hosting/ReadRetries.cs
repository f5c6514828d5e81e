using Google.Api;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace PlanServices.ServiceDefaults.Hosting;

/// <summary>
/// Which calls of a service a client may make again when the service is out of reach: those that only read, by the contract a
/// <c>get</c> in <c>google.api.http</c>. Whatever writes is made once; its caller knows whether it has a request id. Streams are
/// opened again by those who follow them.
/// </summary>
internal static class ReadRetries
{
    private static readonly RetryPolicy Policy = new()
    {
        MaxAttempts = 4,
        InitialBackoff = TimeSpan.FromMilliseconds(100),
        MaxBackoff = TimeSpan.FromSeconds(1),
        BackoffMultiplier = 2,
        RetryableStatusCodes = { StatusCode.Unavailable },
    };

    /// <param name="client">A generated client.</param>
    public static ServiceConfig Of(Type client)
    {
        var service = (ServiceDescriptor)client.DeclaringType!.GetProperty("Descriptor")!.GetValue(null)!;
        var reads = new MethodConfig { RetryPolicy = Policy };
        foreach (var method in service.Methods.Where(OnlyReads))
            reads.Names.Add(new MethodName { Service = service.FullName, Method = method.Name });

        var config = new ServiceConfig();
        if (reads.Names.Count > 0)
            config.MethodConfigs.Add(reads);
        return config;
    }

    private static bool OnlyReads(MethodDescriptor method) =>
        !method.IsClientStreaming && !method.IsServerStreaming
        && method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)?.PatternCase == HttpRule.PatternOneofCase.Get;
}
