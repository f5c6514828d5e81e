using System.CommandLine;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan export</c>: writes a period's grid for people to edit; <c>plan import</c> takes it back.</summary>
internal static class ExportCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var output = PlanOptions.Output();
        var format = new FormatOption(output, "xlsx", "csv");
        var command = new Command("export", "Write a period's grid to edit offline; 'plan import' takes it back.") { plan, period, format.Option, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var body = await new GridService.GridServiceClient(connection.Channel).ExportGridAsync(
                    new ExportGridRequest
                    {
                        Parent = $"plans/{result.GetValue(plan)}",
                        Period = result.GetValue(period),
                        Format = format.Read<Format>(result),
                    },
                    connection.Call(cancellationToken));
                await OutputFile.WriteAsync(result.GetValue(output)!, body.Data.Memory, terminal, cancellationToken);
            });
        });
        return command;
    }
}
