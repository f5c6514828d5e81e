using System.CommandLine;
using System.Globalization;
using PlanServices.Audit.V1;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan audit</c>: who did what, when, and what became of it.</summary>
internal static class AuditCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var service = new Option<string>("--service") { Description = "actions, partners or reporting.", DefaultValueFactory = _ => "actions" };
        var caller = new Option<string?>("--caller") { Description = "Only what this caller did: clients/county-case-system." };
        var denied = new Option<bool>("--denied") { Description = "Only what was denied." };
        var count = new Option<int>("--count") { Description = "How many entries, newest first, 1 to 1000.", DefaultValueFactory = _ => 50 };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "Write the whole log to this file, as CSV." };
        var command = new Command("audit", "Show the audit log: every write and every call that was denied.") { service, caller, denied, count, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var open = connection.Open(result);
            return await Failures.RunAsync(terminal, open, async () =>
            {
                var audit = new AuditService.AuditServiceClient(open.Channel);
                if (result.GetValue(output) is { } file)
                {
                    using var export = audit.ExportAuditEntries(new ExportAuditEntriesRequest { Service = result.GetValue(service)! }, open.Call(cancellationToken));
                    await using var stream = file.Create();
                    while (await export.ResponseStream.MoveNext(cancellationToken))
                        await stream.WriteAsync(export.ResponseStream.Current.Data.Memory, cancellationToken);
                    return;
                }

                var page = await audit.ListAuditEntriesAsync(
                    new ListAuditEntriesRequest
                    {
                        Service = result.GetValue(service)!,
                        Caller = result.GetValue(caller) ?? "",
                        DeniedOnly = result.GetValue(denied),
                        PageSize = result.GetValue(count),
                    },
                    open.Call(cancellationToken));
                var table = new Table().AddColumns("Time (UTC)", "Caller", "From", "Method", "Resource", "Outcome");
                foreach (var entry in page.AuditEntries)
                {
                    var time = entry.Time.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                    table.AddRow([.. new[] { time, entry.Caller, entry.RemoteAddress, entry.Method, entry.Resource, entry.Outcome }.Select(Markup.Escape)]);
                }

                terminal.Answer.Write(table);
            });
        });
        return command;
    }
}
