using System.CommandLine;
using PlanServices.Cli.Admin;
using PlanServices.Cli.Commands;

namespace PlanServices.Cli;

/// <summary>The command <c>plan</c>.</summary>
internal static class PlanCommand
{
    public static RootCommand Create(Terminal terminal)
    {
        var connection = new ConnectionOptions();
        var root = new RootCommand("Work with Police and Crime Plans: ask for updates, send and approve them, bring grids in and out, make reports.")
        {
            StatusCommand.Create(connection, terminal),
            FigureCommands.Grid(connection, terminal),
            FigureCommands.Attention(connection, terminal),
            RoundCommands.Open(connection, terminal),
            RoundCommands.Owed(connection, terminal),
            UpdateCommand.Create(connection, terminal),
            MoveCommands.Submit(connection, terminal),
            MoveCommands.Return(connection, terminal),
            MoveCommands.Approve(connection, terminal),
            RoundCommands.Lock(connection, terminal),
            RoundCommands.Reopen(connection, terminal),
            PeriodsCommand.Create(connection, terminal),
            ImportCommand.Create(connection, terminal),
            ExportCommand.Create(connection, terminal),
            UndoCommand.Create(connection, terminal),
            DeleteCommand.Create(connection, terminal),
            RefreshCommand.Create(connection, terminal),
            HistoryCommand.Create(connection, terminal),
            ExpungeCommand.Create(connection, terminal),
            WatchCommand.Create(connection, terminal),
            ReportCommand.Create(connection, terminal),
            CompareCommand.Create(connection, terminal),
            PublicationCommands.Publish(connection, terminal),
            PublicationCommands.List(connection, terminal),
            PublicationCommands.Download(connection, terminal),
            PublicationCommands.Withdraw(connection, terminal),
            DirectoryCommands.Partners(connection, terminal),
            DirectoryCommands.Structure(connection, terminal),
            DirectoryCommands.Unmatched(connection, terminal),
            DirectoryCommands.Settle(connection, terminal),
            LoginCommands.Login(connection, terminal),
            LoginCommands.Logout(connection, terminal),
            ClientCommands.Create(connection, terminal),
            AuditCommand.Create(connection, terminal),
            AdminCommand.Create(terminal),
        };
        root.Add(connection.Address);
        root.Add(connection.Issuer);
        root.Add(connection.Timeout);
        return root;
    }
}
