using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Following;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Leads;

/// <summary>What the directory says of the leads that were asked for.</summary>
/// <param name="Reached">False where the directory was out of reach: nothing is known then.</param>
/// <param name="ByText">The answer for each lead, by the text it was asked with.</param>
internal sealed record LeadAnswers(bool Reached, IReadOnlyDictionary<string, ResolvedLead> ByText)
{
    public ResolvedLead? For(LeadText lead) => ByText.GetValueOrDefault(lead.Text);
}

/// <summary>Asks the Partners service who leads are.</summary>
internal sealed partial class LeadDirectory(
    PartnerService.PartnerServiceClient partners,
    IDbContextFactory<ActionsContext> contexts,
    DirectoryModel model,
    TimeProvider time,
    ILogger<LeadDirectory> logger)
{
    private const int MostInOneCall = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Resolves leads as they are meant where the plan's owner is at home. An import does not fail for want of the directory: then
    /// nothing is resolved.
    /// </summary>
    /// <param name="plan">The plan's id; it need not be there yet.</param>
    /// <param name="leads">The leads.</param>
    /// <param name="collect">Whether the directory puts those it does not know on its review list.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<LeadAnswers> ResolveAsync(string plan, IEnumerable<LeadText> leads, bool collect, CancellationToken cancellationToken)
    {
        var texts = leads.Select(l => l.Text).Where(t => t.Length is > 0 and <= 1000).Distinct().ToArray();
        var answers = new Dictionary<string, ResolvedLead>();
        // Whichever process answers: it knows what this one was told of.
        var least = new Metadata { { MinRevision.Key, $"{model.State.Revision}" } };
        var area = texts.Length == 0 ? "" : await AreaAsync(plan, cancellationToken);
        try
        {
            foreach (var chunk in texts.Chunk(MostInOneCall))
            {
                var response = await partners.ResolveLeadsAsync(
                    new ResolveLeadsRequest { Texts = { chunk }, Area = area, Collect = collect },
                    least,
                    deadline: time.GetUtcNow().UtcDateTime + Patience,
                    cancellationToken: cancellationToken);
                foreach (var resolution in response.Resolutions)
                {
                    if (resolution.Leads is [var only])
                        answers[resolution.Text] = only;
                }
            }

            return new LeadAnswers(Reached: true, answers);
        }
        catch (RpcException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Unimplemented)
        {
            Log.OutOfReach(logger, e.Status.Detail);
            return new LeadAnswers(Reached: false, answers);
        }
    }

    private async Task<string> AreaAsync(string plan, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var owner = await db.PresentPlans.Where(p => p.Slug == plan).Select(p => p.Owner).SingleOrDefaultAsync(cancellationToken);
        return model.State.Find(owner ?? "")?.Area ?? "";
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The partner directory is out of reach ({Detail}); leads are linked later")]
        public static partial void OutOfReach(ILogger logger, string detail);
    }
}
