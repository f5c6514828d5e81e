using Grpc.Core;
using PlanServices.Actions.V1;

namespace PlanServices.Cli.Commands;

/// <summary>A plan as the catalogue has it now, and how to read nothing older.</summary>
internal sealed class PlanHead(Connection connection, Plan plan)
{
    public Plan Plan => plan;

    public string Name => plan.Name;

    /// <summary>The plan of this id.</summary>
    public static async Task<PlanHead> ReadAsync(Connection connection, string? id, CancellationToken cancellationToken) => new(
        connection,
        await new PlanService.PlanServiceClient(connection.Channel).GetPlanAsync(new GetPlanRequest { Name = $"plans/{id}" }, connection.Call(cancellationToken)));

    /// <summary>Options of a call. Reporting follows the catalogue: this asks it for nothing older than what the catalogue has.</summary>
    public CallOptions Call(CancellationToken cancellationToken) => connection.Call(cancellationToken, plan.HeadRevision);

    /// <summary>A period's resource name: of the one that was asked for, otherwise of the newest.</summary>
    public async Task<string> PeriodAsync(string? asked, CancellationToken cancellationToken)
    {
        if (asked is not null)
            return $"{plan.Name}/periods/{asked}";

        var periods = await new PlanService.PlanServiceClient(connection.Channel).ListPeriodsAsync(
            new ListPeriodsRequest { Parent = plan.Name, PageSize = 1 }, connection.Call(cancellationToken));
        return periods.Periods is [var newest] ? newest.Name : throw new CommandException($"{plan.Name} has no period yet; import a grid to make one.");
    }
}
