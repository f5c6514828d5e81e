using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;

namespace PlanServices.Actions.Tests;

/// <summary>
/// A partner directory that knows the Constabulary and what it is told, and finds "Council" ambiguous. It streams what a test gives it.
/// </summary>
public sealed class FakeDirectory : PartnerService.PartnerServiceBase
{
    private readonly Channel<WatchPartnersResponse> _messages = Channel.CreateUnbounded<WatchPartnersResponse>();

    /// <summary>What texts mean beside that.</summary>
    public Dictionary<string, ResolvedLead> Known { get; } = [];

    /// <summary>The requests to resolve leads, oldest first.</summary>
    public List<ResolveLeadsRequest> Asked { get; } = [];

    /// <summary>The requests to forget a text, oldest first.</summary>
    public List<ExpungeLeadsRequest> Expunged { get; } = [];

    /// <summary>Whether it refuses to forget any, as one does whose database is away.</summary>
    public bool Fails { get; set; }

    /// <summary>The least revision that the last of them took.</summary>
    public string? Least { get; private set; }

    /// <summary>What happens each time that leads are to be resolved.</summary>
    public Func<Task> Asking { get; set; } = () => Task.CompletedTask;

    public static Task<TestHost> StartAsync(FakeDirectory? directory = null) => TestHost.StartAsync(
        builder => builder.Services.AddSingleton(directory ?? new FakeDirectory()),
        app => app.MapGrpcService<FakeDirectory>().RequireAuthorization(Policies.Public),
        []);

    /// <summary>Says to those who watch that these entries are new; the first time, that they are all.</summary>
    public void Say(long revision, params DirectoryChange[] changes) => _messages.Writer.TryWrite(new WatchPartnersResponse
    {
        Kind = revision == 1 ? WatchPartnersResponse.Types.Kind.Snapshot : WatchPartnersResponse.Types.Kind.Changes,
        Reset = revision == 1,
        Revision = revision,
        Consistent = true,
        ResumeToken = $"{revision}",
        Changes = { changes },
    });

    public override async Task WatchPartners(
        WatchPartnersRequest request, IServerStreamWriter<WatchPartnersResponse> responseStream, ServerCallContext context)
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(message, context.CancellationToken);
    }

    public override async Task<ResolveLeadsResponse> ResolveLeads(ResolveLeadsRequest request, ServerCallContext context)
    {
        await Asking();
        lock (Known)
        {
            Asked.Add(request);
            Least = context.RequestHeaders.GetValue("planservices-min-revision");
            return new ResolveLeadsResponse { Resolutions = { request.Texts.Select(Resolve) } };
        }
    }

    public override Task<ExpungeLeadsResponse> ExpungeLeads(ExpungeLeadsRequest request, ServerCallContext context)
    {
        if (Fails)
            throw new RpcException(new Status(StatusCode.Unavailable, "The storage did not answer."));

        Expunged.Add(request);
        return Task.FromResult(new ExpungeLeadsResponse { LeadReviews = 2 });
    }

    /// <summary>From now on a text means a partner.</summary>
    public void Know(string text, string partner, bool settled = false)
    {
        lock (Known)
        {
            Known[text] = new ResolvedLead
            {
                Text = text,
                Match = partner.Length > 0 ? ResolvedLead.Types.Match.Found : ResolvedLead.Types.Match.None,
                Partner = partner,
                Settled = settled,
            };
        }
    }

    private LeadResolution Resolve(string text) => new()
    {
        Text = text,
        Leads =
        {
            Known.GetValueOrDefault(text) ?? text switch
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
