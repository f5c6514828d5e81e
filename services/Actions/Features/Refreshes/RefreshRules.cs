using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>What a refresh and a decision must say, whatever the plan.</summary>
internal static class RefreshRules
{
    private const int MostItems = 500;

    public static void Check(PlanRefresh refresh)
    {
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(refresh.DisplayName) || refresh.DisplayName.Length > 200)
            errors.Add(new FieldError("plan_refresh.display_name", "It is required, at most 200 characters."));
        errors.AddWrong("plan_refresh.display_name", refresh.DisplayName);
        Limit(refresh.Recommendation, 4000, "plan_refresh.recommendation", errors);
        if (refresh.Items.Count is 0 or > MostItems)
            errors.Add(new FieldError("plan_refresh.items", $"There are {refresh.Items.Count}; 1 to {MostItems} are taken."));
        if (refresh.Paper is { } paper)
        {
            Limit(paper.Reference, 200, "plan_refresh.paper.reference", errors);
            Limit(paper.Title, 400, "plan_refresh.paper.title", errors);
            Limit(paper.Author, 200, "plan_refresh.paper.author", errors);
            Limit(paper.Uri, 2000, "plan_refresh.paper.uri", errors);
            Dates.Read(paper.Date, "plan_refresh.paper.date", errors);
        }

        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }

    public static void Check(Decision decision)
    {
        List<FieldError> errors = [];
        if (decision.Outcome == Decision.Types.Outcome.Unspecified || !Enum.IsDefined(decision.Outcome))
            errors.Add(new FieldError("decision.outcome", "It is required: noted, endorsed, deferred or rejected."));
        Limit(decision.Minute, 200, "decision.minute", errors);
        Limit(decision.Note, 2000, "decision.note", errors);
        Limit(decision.Meeting?.DisplayName ?? "", 200, "decision.meeting.display_name", errors);
        Dates.Read(decision.Meeting?.Date, "decision.meeting.date", errors);
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }

    private static void Limit(string text, int most, string field, List<FieldError> errors)
    {
        if (text.Length > most)
            errors.Add(new FieldError(field, $"It is over {most:N0} characters."));
        errors.AddWrong(field, text);
    }
}
