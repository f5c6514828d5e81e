using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Json;

/// <summary>A path of the JSON face that is not there is answered as every other error is.</summary>
internal static class MissingPaths
{
    public static void UseMissingPaths(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal), json => json.UseStatusCodePages(AnswerAsync));

    private static Task AnswerAsync(StatusCodeContext pages)
    {
        var (request, response) = (pages.HttpContext.Request, pages.HttpContext.Response);
        return response.StatusCode == StatusCodes.Status404NotFound
            ? Failures.WriteAsync(
                pages.HttpContext,
                new ApiException(
                    StatusCode.NotFound, CommonReasons.NotFound, $"There is no {request.Method} {request.Path}; /openapi/v1.json lists what there is."),
                method: null)
            : Task.CompletedTask;
    }
}
