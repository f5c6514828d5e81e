using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;

namespace PlanServices.Dashboard;

/// <summary>What the overview shows.</summary>
/// <param name="Plans">The plans to choose from.</param>
/// <param name="Periods">The chosen plan's periods, newest first.</param>
/// <param name="Plan">The chosen plan; null where there is none.</param>
/// <param name="Period">The chosen period; null where there is none.</param>
/// <param name="Report">Its report; null where there is none.</param>
/// <param name="Problem">Why something cannot be shown, for people; empty where all can.</param>
/// <param name="StatusCode">The same for programs, as HTTP has it.</param>
internal sealed record Overview(
    IReadOnlyList<Plan> Plans, IReadOnlyList<Period> Periods, Plan? Plan, Period? Period, ProgressReport? Report, string Problem = "", int StatusCode = 200);

/// <summary>Reads the overview from the services.</summary>
internal sealed partial class OverviewReader(
    PlanService.PlanServiceClient plans, ReportService.ReportServiceClient reports, TimeProvider time, ILogger<OverviewReader> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The overview of a plan and period; where they are not named, of the first plan and its newest period.</summary>
    public async Task<Overview> ReadAsync(string? planId, string? periodId, CancellationToken cancellationToken)
    {
        var nothing = new Overview([], [], null, null, null);
        try
        {
            var all = await plans.ListPlansAsync(new ListPlansRequest { PageSize = 1000 }, Options(cancellationToken));
            nothing = nothing with { Plans = all.Plans };
            var plan = planId is null ? all.Plans.FirstOrDefault() : all.Plans.FirstOrDefault(p => p.Name == $"plans/{planId}");
            if (plan is null)
                return planId is null ? nothing : nothing with { Problem = $"There is no plan called {planId}.", StatusCode = 404 };

            var periods = await plans.ListPeriodsAsync(new ListPeriodsRequest { Parent = plan.Name, PageSize = 1000 }, Options(cancellationToken));
            nothing = nothing with { Plan = plan, Periods = periods.Periods };
            var period = periodId is null
                ? periods.Periods.FirstOrDefault()
                : periods.Periods.FirstOrDefault(p => p.Name == $"{plan.Name}/periods/{periodId}");
            if (period is null)
                return periodId is null ? nothing : nothing with { Problem = $"{plan.DisplayName} has no period {periodId}.", StatusCode = 404 };

            return nothing with { Period = period, Report = await ReportAsync(plan, period, cancellationToken) };
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e.StatusCode, e.Status.Detail);
            return nothing with
            {
                Problem = "The services do not answer just now. Nothing is lost; try again in a moment.",
                StatusCode = 503,
            };
        }
    }

    private async Task<ProgressReport> ReportAsync(Plan plan, Period period, CancellationToken cancellationToken)
    {
        var options = Options(cancellationToken).WithHeaders(new Metadata { { "planservices-min-revision", $"{plan.HeadRevision}" } });
        var body = await reports.RenderReportAsync(
            new RenderReportRequest { Name = period.Name, Format = Format.Json }, options);
        return ProgressReport.Parser.ParseJson(body.Data.ToStringUtf8());
    }

    private CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: time.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The overview could not be read ({Status}: {Detail})")]
        public static partial void Failed(ILogger logger, StatusCode status, string detail);
    }
}
