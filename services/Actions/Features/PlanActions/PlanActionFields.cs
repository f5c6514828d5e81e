using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>The fields of an action that a caller writes, and their limits.</summary>
internal static class PlanActionFields
{
    private const int MostText = 4000;
    private const int MostNotes = 20;
    private const int MostEntries = 100;

    public static readonly FieldSet<PlanAction> Changeable = new(
        ("theme", a => a.Theme.Length > 0, (to, from) => to.Theme = from.Theme),
        ("title", a => a.Title.Length > 0, (to, from) => to.Title = from.Title),
        ("notes", a => a.Notes.Count > 0, (to, from) => FieldSet.Replace(to.Notes, from.Notes)),
        ("opcc_leads", a => a.OpccLeads.Count > 0, (to, from) => FieldSet.Replace(to.OpccLeads, from.OpccLeads)),
        ("delivery_leads", a => a.DeliveryLeads.Count > 0, (to, from) => FieldSet.Replace(to.DeliveryLeads, from.DeliveryLeads)),
        ("cross_references", a => a.CrossReferences.Count > 0, (to, from) => FieldSet.Replace(to.CrossReferences, from.CrossReferences)));

    /// <summary>INVALID_ARGUMENT that names all the fields that are wrong.</summary>
    public static void Check(PlanAction action, string plan)
    {
        if (Errors(action, plan, "plan_action") is { Count: > 0 } errors)
            throw ApiErrors.InvalidFields(errors);
    }

    /// <summary>All the fields that are wrong.</summary>
    /// <param name="action">The action.</param>
    /// <param name="plan">The plan's id.</param>
    /// <param name="field">What the action is in the request.</param>
    public static List<FieldError> Errors(PlanAction action, string plan, string field)
    {
        List<FieldError> errors = [];
        if (ResourceName.Theme.TryParse(action.Theme) is not [var of, _] || of != plan)
            Add("theme", $"It is no theme of this plan: {ResourceName.Theme.Of(plan, "{theme}")}.");
        if (action.Title.Length > MostText)
            Add("title", $"It has {action.Title.Length:N0} characters; at most {MostText:N0} are kept.");
        errors.AddWrong($"{field}.title", action.Title);
        Count(action.Notes.Count, MostNotes, "notes");
        for (var i = 0; i < action.Notes.Count; i++)
        {
            if (action.Notes[i].Length is 0 or > MostText)
                Add($"notes[{i}]", $"It is empty, or over {MostText:N0} characters.");
            errors.AddWrong($"{field}.notes[{i}]", action.Notes[i]);
        }

        Count(action.OpccLeads.Count, MostEntries, "opcc_leads");
        for (var i = 0; i < action.OpccLeads.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(action.OpccLeads[i]) || action.OpccLeads[i].Length > 40)
                Add($"opcc_leads[{i}]", "It is empty, or over 40 characters.");
            errors.AddWrong($"{field}.opcc_leads[{i}]", action.OpccLeads[i]);
        }

        Count(action.DeliveryLeads.Count, MostEntries, "delivery_leads");
        for (var i = 0; i < action.DeliveryLeads.Count; i++)
        {
            var lead = action.DeliveryLeads[i];
            if (string.IsNullOrWhiteSpace(lead.Text) || lead.Text.Length > 1000)
                Add($"delivery_leads[{i}].text", "It is required, at most 1,000 characters.");
            if (lead.Partner.Length > 0 && ResourceName.Partner.TryParse(lead.Partner) is null)
                Add($"delivery_leads[{i}].partner", $"It is not of the form {ResourceName.Partner.Pattern}.");
            if (lead.Qualifier.Length > 200)
                Add($"delivery_leads[{i}].qualifier", "It is over 200 characters.");
            errors.AddWrong($"{field}.delivery_leads[{i}].text", lead.Text);
            errors.AddWrong($"{field}.delivery_leads[{i}].qualifier", lead.Qualifier);
        }

        Count(action.CrossReferences.Count, MostEntries, "cross_references");
        for (var i = 0; i < action.CrossReferences.Count; i++)
        {
            if (ResourceName.PlanAction.TryParse(action.CrossReferences[i]) is not [var pointed, _] || pointed != plan)
                Add($"cross_references[{i}]", $"It is no action of this plan: {ResourceName.PlanAction.Of(plan, "{ref}")}.");
        }

        return errors;

        void Add(string part, string description) => errors.Add(new FieldError($"{field}.{part}", description));

        void Count(int count, int most, string part)
        {
            if (count > most)
                Add(part, $"There are {count}; at most {most} are kept.");
        }
    }
}
