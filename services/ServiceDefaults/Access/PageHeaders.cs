using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>
/// The headers that keep browsers from doing with our pages, and with reports that the JSON face sends, what nobody wants: no script but
/// our own files, no frame around them, no guessing of types. gRPC calls do without: no browser reads them.
/// </summary>
internal static class PageHeaders
{
    private static readonly HeaderPolicyCollection Policy = new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginOpenerPolicy(p => p.SameOrigin())
        .AddStrictTransportSecurityMaxAge()
        .RemoveServerHeader()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddScriptSrc().Self();
            // Colours of statuses are the plan's own and stand on the elements themselves.
            csp.AddStyleSrc().Self().UnsafeInline();
            csp.AddImgSrc().Self().Data();
            csp.AddFontSrc().Self();
            csp.AddConnectSrc().Self();
            csp.AddFormAction().Self();
            csp.AddBaseUri().Self();
            csp.AddFrameAncestors().None();
        });

    public static void UsePageHeaders(this WebApplication app) =>
        app.UseWhen(context => !IsGrpc(context.Request), branch => branch.UseSecurityHeaders(Policy));

    private static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
}
