using Grpc.Core;
using PlanServices.Actions.V1;

namespace PlanServices.Dashboard.Reading;

/// <summary>Finds the plan and period that an address names; where it names none, the first plan and its newest period.</summary>
internal sealed partial class PlaceReader(PlanService.PlanServiceClient plans, Calls calls, ILogger<PlaceReader> logger)
{
    public async Task<Place> ReadAsync(string? planId, string? periodId, CancellationToken cancellationToken)
    {
        var place = Place.Nowhere;
        try
        {
            var all = await Calls.AllAsync<Plan>(async token =>
            {
                var page = await plans.ListPlansAsync(
                    new ListPlansRequest { PageSize = Calls.PageSize, PageToken = token }, calls.Options(cancellationToken));
                return (page.Plans, page.NextPageToken);
            });
            place = place with { Plans = all };
            var plan = planId is null ? all.FirstOrDefault() : all.FirstOrDefault(p => p.Name == $"plans/{planId}");
            if (plan is null)
                return planId is null ? place : place with { Problem = Missing($"There is no plan called {planId}.") };

            var periods = await Calls.AllAsync<Period>(async token =>
            {
                var page = await plans.ListPeriodsAsync(
                    new ListPeriodsRequest { Parent = plan.Name, PageSize = Calls.PageSize, PageToken = token },
                    calls.Options(cancellationToken));
                return (page.Periods, page.NextPageToken);
            });
            place = place with { Plan = plan, Periods = periods };
            var period = periodId is null ? periods.FirstOrDefault() : periods.FirstOrDefault(p => p.Name == $"{plan.Name}/periods/{periodId}");
            return period is null && periodId is not null
                ? place with { Problem = Missing($"{plan.DisplayName} has no period {periodId}.") }
                : place with { Period = period };
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e.StatusCode, e.Status.Detail);
            return place with { Problem = Problem.Of(e) };
        }
    }

    private static Problem Missing(string what) => new(what, "Choose another above.", 404);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The plans could not be read ({Status}: {Detail})")]
        public static partial void Failed(ILogger logger, StatusCode status, string detail);
    }
}
