using Microsoft.AspNetCore.Http.HttpResults;
using PlanServices.Dashboard.Components;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Dashboard.Features;

/// <summary>A browser that asks for what is not there gets a page; a program gets the status alone. The JSON face has its own answers.</summary>
internal static class MissingPage
{
    public static void MapMissingPage(this WebApplication app) => app.MapFallback("{*path:regex(^(?!v1/))}", context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? new RazorComponentResult<Missing> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context)
            : Task.CompletedTask;
    }).RequireAuthorization(Policies.PlanRead).WithMetadata(new UserPageMetadata());
}
