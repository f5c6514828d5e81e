using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>
/// The cell that says of which plan and period a row was exported, and with which etag its update stood:
/// <c>cambridgeshire-2017/2018-10/12</c>, with 0 where there was no update. Older files have the etag alone.
/// </summary>
internal static class RowEtag
{
    private const string None = "0";

    public static string Of(string plan, string period, ProgressUpdate? update) => $"{plan}/{period}/{update?.Etag ?? None}";

    /// <summary>
    /// The update's etag; empty where there was none. INVALID_ARGUMENT where the row was exported from another plan or period: what was
    /// edited there is not meant for this one.
    /// </summary>
    public static string Read(EditedRow row, string plan, string period)
    {
        if (row.Etag.Split('/') is not [var ofPlan, var ofPeriod, var etag])
            return row.Etag;
        if (ofPlan == plan && ofPeriod == period)
            return etag == None ? "" : etag;

        throw ApiErrors.InvalidField(
            ofPlan == plan ? "period" : "parent",
            $"Line {row.Line} was exported from {ResourceName.Period.Of(ofPlan, ofPeriod)}, and the file is sent to {ResourceName.Period.Of(plan, period)}.");
    }
}
