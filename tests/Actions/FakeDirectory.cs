using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;

namespace PlanServices.Actions.Tests;

/// <summary>A partner directory that knows the Constabulary and nobody else, and finds "Council" ambiguous.</summary>
public sealed class FakeDirectory : PartnerService.PartnerServiceBase
{
    public static Task<TestHost> StartAsync() => TestHost.StartAsync(
        builder => builder.Services.AddSingleton<FakeDirectory>(),
        app => app.MapGrpcService<FakeDirectory>().RequireAuthorization(Policies.Public),
        []);

    public override Task<ResolveLeadsResponse> ResolveLeads(ResolveLeadsRequest request, ServerCallContext context) =>
        Task.FromResult(new ResolveLeadsResponse { Resolutions = { request.Texts.Select(Resolve) } });

    private static LeadResolution Resolve(string text) => new()
    {
        Text = text,
        Leads =
        {
            text switch
            {
                "Constabulary" => new ResolvedLead
                {
                    Text = text, Match = ResolvedLead.Types.Match.Found, Partner = "partners/constabulary", Confidence = 1,
                },
                "Council" => new ResolvedLead
                {
                    Text = text,
                    Match = ResolvedLead.Types.Match.Ambiguous,
                    Candidates =
                    {
                        new LeadCandidate { Partner = "partners/county", DisplayName = "County Council", Confidence = 0.6 },
                        new LeadCandidate { Partner = "partners/city", DisplayName = "City Council", Confidence = 0.6 },
                    },
                },
                _ => new ResolvedLead { Text = text, Match = ResolvedLead.Types.Match.None },
            },
        },
    };
}
