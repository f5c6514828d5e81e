using System.CommandLine;
using PlanServices.Cli.Commands;

namespace PlanServices.Cli;

/// <summary>The command <c>plan</c>.</summary>
internal static class PlanCommand
{
    public static RootCommand Create(Terminal terminal)
    {
        var connection = new ConnectionOptions();
        var root = new RootCommand("Work with Police and Crime Plans: import progress grids, make reports, see how things stand.")
        {
            ImportCommand.Create(connection, terminal),
            ReportCommand.Create(connection, terminal),
            StatusCommand.Create(connection, terminal),
        };
        root.Add(connection.Address);
        root.Add(connection.Timeout);
        return root;
    }
}
