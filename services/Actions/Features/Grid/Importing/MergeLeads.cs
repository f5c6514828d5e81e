using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Writes a row's delivery leads, linked to the directory where it knows them.</summary>
internal sealed class MergeLeads(LeadAnswers leads, FirstEntries<GridDiagnostic> diagnostics)
{
    public void Write(PlanActionEntity action, GridLeaf leaf)
    {
        List<DeliveryLeadEntity> written = [];
        foreach (var lead in leaf.DeliveryLeads)
        {
            var answer = leads.For(lead);
            // A link that somebody made by hand stays, and with the directory out of reach any that stood there.
            var present = action.DeliveryLeads.Find(l => l.Text == lead.Text);
            var keep = present is not null && (present.Stated || !leads.Reached);
            written.Add(keep
                ? present! with { Qualifier = lead.Qualifier }
                : new DeliveryLeadEntity(lead.Text, answer?.Partner ?? "", lead.Qualifier));
            if (leads.Reached && written[^1].Partner.Length == 0)
                diagnostics.Add(Unlinked(leaf, lead.Text, answer));
        }

        action.DeliveryLeads = written;
        action.LeadsPending = !leads.Reached && written.Exists(l => l.Partner.Length == 0);
    }

    private static GridDiagnostic Unlinked(GridLeaf leaf, string text, ResolvedLead? answer)
    {
        var ambiguous = answer?.Match == ResolvedLead.Types.Match.Ambiguous;
        var candidates = answer?.Candidates.Select(c => c.DisplayName) ?? [];
        return new GridDiagnostic
        {
            Severity = Severity.Warning,
            Code = ambiguous ? "LEAD_AMBIGUOUS" : "LEAD_UNMATCHED",
            Row = leaf.Line,
            Ref = leaf.Ref,
            Column = "delivery_leads",
            Raw = text,
            Confidence = answer?.Candidates.FirstOrDefault()?.Confidence ?? 0,
            Message = ambiguous
                ? $"'{text}' may be {string.Join(" or ", candidates)}; the lead keeps its text and is not linked."
                : $"The directory knows no '{text}'; the lead keeps its text and is not linked.",
        };
    }
}
