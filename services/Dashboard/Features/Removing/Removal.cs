using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;
using PlanServices.Reporting.V1;

namespace PlanServices.Dashboard.Features.Removing;

/// <summary>A text that is to be removed from a plan, as it was tried: by the same request it is removed, however often that is sent.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Request">The request.</param>
public sealed record Removal(Plan Plan, ExpungeRequest Request)
{
    public static Removal Of(Plan plan, string text, string reason)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan, new ExpungeRequest { Name = plan.Name, Text = text, Reason = reason, RequestId = Writes.RequestId() });
    }
}

/// <summary>Where a text stands, or stood.</summary>
/// <param name="In">In the plan, its history and the directory's review list.</param>
/// <param name="Reports">The published reports that hold it.</param>
public sealed record Found(ExpungeResponse In, Part<IReadOnlyList<Report>> Reports)
{
    /// <summary>How often; published reports are not counted.</summary>
    public int Count => In.CurrentOccurrences + In.HistoryOccurrences + In.LeadReviews;

    /// <summary>The same by where.</summary>
    public string Places =>
        $"{In.CurrentOccurrences:N0} in the plan as it is, {In.HistoryOccurrences:N0} in its history, {In.LeadReviews:N0} in the directory's review list";
}

/// <summary>Looks for a text, and removes it.</summary>
internal sealed class RemovalWrites(PlanService.PlanServiceClient plans, ReportService.ReportServiceClient reports, Calls calls)
{
    /// <summary>Says where it stands; removes nothing.</summary>
    public Task<Found> TryAsync(Removal removal, CancellationToken cancellationToken)
    {
        var trial = removal.Request.Clone();
        (trial.ValidateOnly, trial.RequestId) = (true, "");
        return SendAsync(removal.Plan, trial, cancellationToken);
    }

    /// <summary>Removes it, and says where it stood.</summary>
    public Task<Found> RemoveAsync(Removal removal, CancellationToken cancellationToken) => SendAsync(removal.Plan, removal.Request, cancellationToken);

    private async Task<Found> SendAsync(Plan plan, ExpungeRequest request, CancellationToken cancellationToken)
    {
        var found = await plans.ExpungeAsync(request, calls.LongOptions(cancellationToken));
        // What was published is found as it is whatever the plan's revision; only that the plan is known must be sure.
        var holding = await Part.ReadAsync<IReadOnlyList<Report>>(
            async () => (await reports.SearchReportsAsync(
                new SearchReportsRequest { Parent = request.Name, Text = request.Text },
                Calls.AtLeast(plan, calls.LongOptions(cancellationToken)))).Reports,
            cancellationToken);
        return new Found(found, holding);
    }
}
