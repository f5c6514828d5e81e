using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

/// <summary>Every method, over gRPC and JSON, as a client of each scope and as nobody: let in, or turned away, as the table says.</summary>
public partial class AccessMatrixTests
{
    // What is not named here reads, and takes plan.read.
    private static readonly Dictionary<string, string[]> Wanted = new()
    {
        ["CreatePlan"] = ["plan.write"],
        ["UpdatePlan"] = ["plan.write"],
        ["CreateTheme"] = ["plan.write"],
        ["DeletePlan"] = ["plan.write"],
        ["UpdateTheme"] = ["plan.write"],
        ["CreatePeriod"] = ["plan.write"],
        ["UpdatePeriod"] = ["plan.write"],
        ["LockPeriod"] = ["plan.write"],
        ["ReopenPeriod"] = ["plan.write"],
        ["DeletePeriod"] = ["plan.write"],
        ["Expunge"] = ["plan.admin"],
        ["CreatePlanAction"] = ["plan.write"],
        ["UpdatePlanAction"] = ["plan.write"],
        ["RetirePlanAction"] = ["plan.write"],
        ["RestorePlanAction"] = ["plan.write"],
        ["ImportGrid"] = ["updates.write", "plan.write"],
        ["UndoImport"] = ["plan.write"],
        ["CreatePlanRefresh"] = ["plan.write"],
        ["RecordDecision"] = ["plan.write"],
        ["UpdatePlanRefresh"] = ["plan.write"],
        ["WithdrawPlanRefresh"] = ["plan.write"],
        ["SaveProgressUpdate"] = ["updates.write", "plan.write"],
        ["SubmitProgressUpdate"] = ["updates.write", "plan.write"],
        ["ReturnProgressUpdate"] = ["updates.approve"],
        ["ApproveProgressUpdate"] = ["updates.approve"],
        ["SetWithheldFields"] = ["updates.approve"],
        ["CreatePartner"] = ["directory.write"],
        ["UpdatePartner"] = ["directory.write"],
        ["CreateOfficer"] = ["directory.write"],
        ["UpdateOfficer"] = ["directory.write"],
        ["AddRelation"] = ["directory.write"],
        ["EndRelation"] = ["directory.write"],
        ["SettleLead"] = ["directory.write"],
        ["ExpungeLeads"] = ["plan.admin"],
        ["PublishReport"] = ["reports.publish"],
        ["WithdrawReport"] = ["reports.publish"],
        ["SearchReports"] = ["plan.admin"],
        ["GetApiClient"] = ["clients.manage"],
        ["ListApiClients"] = ["clients.manage"],
        ["CreateApiClient"] = ["clients.manage"],
        ["UpdateApiClient"] = ["clients.manage"],
        ["DeleteApiClient"] = ["clients.manage"],
        ["RotateSecret"] = ["clients.manage"],
        ["ListAuditEntries"] = ["clients.manage"],
        ["ExportAuditEntries"] = ["clients.manage"],
    };

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(b => b, b => b);

    [Fact]
    public async Task EveryMethod_OverGrpc_LetsInWhomTheTableSays()
    {
        await using var host = await SuiteHost.StartAsync();
        var methods = Methods(host).Select(m => m.Method).DistinctBy(m => m.FullName).ToArray();
        List<string> wrong = [];
        foreach (var (caller, scopes) in Callers())
        {
            using var channel = host.ChannelFor(scopes is null ? null : TestIssuer.Token(scopes, caller, "partners/-"));
            foreach (var method in methods)
            {
                var (status, denied) = await CallAsync(channel, method);
                var expected = Expected(method.Name, scopes);
                if ((expected == StatusCode.OK) == denied || (denied && status != expected))
                    wrong.Add($"{caller} {method.FullName}: {status}");
            }
        }

        Assert.True(methods.Length > 60, $"{methods.Length} methods");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryMethod_OverJson_LetsInWhomTheTableSays()
    {
        await using var host = await SuiteHost.StartAsync();
        var routes = Methods(host).Where(m => m.Verb is not null).ToArray();
        List<string> wrong = [];
        foreach (var (caller, scopes) in Callers())
        {
            using var http = host.HttpFor(scopes is null ? null : TestIssuer.Token(scopes, caller, "partners/-"));
            foreach (var route in routes)
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Verb!), Filled(route.Path));
                if (route.Verb != "GET")
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Deadline.Token);
                var expected = Expected(route.Method.Name, scopes) switch
                {
                    StatusCode.Unauthenticated => HttpStatusCode.Unauthorized,
                    StatusCode.PermissionDenied => HttpStatusCode.Forbidden,
                    _ => HttpStatusCode.OK,
                };
                var denied = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                if ((expected == HttpStatusCode.OK) == denied || (denied && answer.StatusCode != expected))
                    wrong.Add($"{caller} {route.Verb} {route.Path}: {answer.StatusCode}");
            }
        }

        Assert.True(routes.Length > 60, $"{routes.Length} routes");
        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Caller, string[]? Scopes)> Callers() =>
        [("nobody", null), ("none", []), ("everything", [.. Scopes.All]), .. Scopes.All.Select(s => (s.Replace('.', '-'), new[] { s }))];

    private static StatusCode Expected(string method, string[]? scopes)
    {
        if (scopes is null)
            return StatusCode.Unauthenticated;

        return scopes.Intersect(Wanted.GetValueOrDefault(method, ["plan.read"])).Any() ? StatusCode.OK : StatusCode.PermissionDenied;
    }

    // The request is empty: whoever is let in is told so, and not that they may not.
    private static async Task<(StatusCode Status, bool Denied)> CallAsync(GrpcChannel channel, IMethod method)
    {
        var invoker = channel.CreateCallInvoker();
        var call = new Method<byte[], byte[]>(method.Type, method.ServiceName, method.Name, Bytes, Bytes);
        try
        {
            if (method.Type == MethodType.Unary)
            {
                await invoker.AsyncUnaryCall(call, null, new CallOptions(cancellationToken: Deadline.Token), []);
            }
            else
            {
                using var stream = invoker.AsyncServerStreamingCall(call, null, new CallOptions(cancellationToken: Deadline.Token), []);
                await stream.ResponseStream.MoveNext(Deadline.Token);
            }

            return (StatusCode.OK, false);
        }
        catch (RpcException e)
        {
            // What a client may do to one resource and not to another is no matter of this table.
            var reason = e.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason;
            return (e.StatusCode, reason is "ERROR_REASON_UNAUTHENTICATED" or "ERROR_REASON_PERMISSION_DENIED");
        }
    }

    private static IEnumerable<(IMethod Method, string? Verb, string Path)> Methods(TestHost host) => host.Services
        .GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints)
        .OfType<RouteEndpoint>()
        .Select(e => (e.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method, Verbs: e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods, Path: e.RoutePattern.RawText ?? ""))
        .Where(e => e.Method is not null && e.Method.ServiceName.StartsWith("planservices.", StringComparison.Ordinal))
        .Select(e => (e.Method!, e.Path.StartsWith("/v1/", StringComparison.Ordinal) ? e.Verbs![0] : null, e.Path));

    private static string Filled(string path) => Parameter().Replace(path, "x");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
