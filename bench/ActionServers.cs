using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions;
using PlanServices.Actions.V1;

namespace PlanServices.Bench;

/// <summary>What <see cref="ReadBench"/> starts as processes of their own.</summary>
internal static class ActionServers
{
    /// <summary>The Actions service over a database file.</summary>
    /// <param name="database">The file.</param>
    /// <param name="access">False lets every call pass, with a token or without.</param>
    /// <param name="kept">False keeps no answer.</param>
    public static async Task ServeAsync(string database, bool access, bool kept)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:actions"] = $"Data Source={database}",
            ["Services:partners:grpc:0"] = "http://127.0.0.1:1",
        };
        if (!kept)
            settings["Caching:MemoryMegabytes"] = "0";
        await using var host = await BenchHost.StartAsync(
            settings,
            builder =>
            {
                builder.AddActions();
                if (!access)
                    builder.Services.AddSingleton<IPolicyEvaluator, Open>();
            },
            app => app.MapActions());
        await ServerProcess.ServeAsync(host);
    }

    /// <summary>Bare methods that give the same messages again and again: those in two files of a folder.</summary>
    public static async Task ServeBareAsync(string folder)
    {
        var messages = new Messages(
            PlanAction.Parser.ParseFrom(await File.ReadAllBytesAsync(Path.Combine(folder, "action"))),
            ListPlanActionsResponse.Parser.ParseFrom(await File.ReadAllBytesAsync(Path.Combine(folder, "page"))));
        await using var host = await BenchHost.StartAsync(
            [], builder => builder.Services.AddSingleton(messages), app => app.MapGrpcService<Bare>(), bare: true);
        await ServerProcess.ServeAsync(host);
    }

    private sealed record Messages(PlanAction Action, ListPlanActionsResponse Page);

    private sealed class Bare(Messages messages) : ActionService.ActionServiceBase
    {
        public override Task<PlanAction> GetPlanAction(GetPlanActionRequest request, ServerCallContext context) => Task.FromResult(messages.Action);

        public override Task<ListPlanActionsResponse> ListPlanActions(ListPlanActionsRequest request, ServerCallContext context) =>
            Task.FromResult(messages.Page);
    }

    private sealed class Open : IPolicyEvaluator
    {
        private static readonly Task<AuthenticateResult> Nobody = Task.FromResult(AuthenticateResult.NoResult());
        private static readonly Task<PolicyAuthorizationResult> Everything = Task.FromResult(PolicyAuthorizationResult.Success());

        public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) => Nobody;

        public Task<PolicyAuthorizationResult> AuthorizeAsync(
            AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) => Everything;
    }
}
