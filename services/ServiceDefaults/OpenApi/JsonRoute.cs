using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;
using Endpoint = Microsoft.AspNetCore.Http.Endpoint;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>One route of the JSON face.</summary>
internal sealed record JsonRoute(Endpoint Endpoint, HttpRule Rule, MethodDescriptor Method, HttpMethod Verb, PathTemplate Path);

/// <summary>Names as words.</summary>
internal static partial class Words
{
    /// <summary><c>ListPlanActions</c> is "List plan actions".</summary>
    public static string Of(string name) =>
        Capital().Replace(name, m => m.Index == 0 ? m.Value : $" {m.Value.ToLowerInvariant()}");

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
