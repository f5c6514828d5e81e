using System.CommandLine;
using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using PlanServices.Audit.V1;
using PlanServices.Cli.Output;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan audit</c>: who did what, when, and what became of it.</summary>
internal static class AuditCommand
{
    private static readonly string[] All = ["actions", "partners", "reporting"];

    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var service = new Option<string?>("--service") { Description = "actions, partners or reporting; otherwise all that are at the address." };
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
                string[] services = result.GetValue(service) is { Length: > 0 } one ? [one] : All;
                if (result.GetValue(output) is { } file)
                {
                    await using var stream = file.Create();
                    await EachAsync(services, name => ExportAsync(audit, name, stream, open.Call(cancellationToken), cancellationToken));
                    return;
                }

                List<AuditEntry> entries = [];
                await EachAsync(services, async name => entries.AddRange((await audit.ListAuditEntriesAsync(
                    new ListAuditEntriesRequest
                    {
                        Service = name,
                        Caller = result.GetValue(caller) ?? "",
                        DeniedOnly = result.GetValue(denied),
                        PageSize = result.GetValue(count),
                    },
                    open.Call(cancellationToken))).AuditEntries));
                var table = new Table().AddColumns("Time (UTC)", "Caller", "From", "Method", "Resource", "Outcome");
                foreach (var entry in entries.OrderByDescending(e => e.Time).Take(result.GetValue(count)))
                {
                    var time = entry.Time.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                    table.AddRow([.. new[] { time, entry.Caller, entry.RemoteAddress, entry.Method, entry.Resource, entry.Outcome }.Select(Markup.Escape)]);
                }

                terminal.Answer.WriteTable(table);
            });
        });
        return command;
    }

    // Services with an address of their own keep one of the logs; whoever asks for all gets those that are there.
    private static async Task EachAsync(string[] services, Func<string, Task> call)
    {
        var absent = 0;
        foreach (var service in services)
        {
            try
            {
                await call(service);
            }
            catch (RpcException e) when (IsAbout(e, "service") && ++absent < services.Length)
            {
                // Another has to be there.
            }
        }
    }

    private static bool IsAbout(RpcException failure, string field) =>
        failure.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Any(v => v.Field == field) == true;

    private static async Task ExportAsync(
        AuditService.AuditServiceClient audit, string service, Stream output, CallOptions options, CancellationToken cancellationToken)
    {
        using var export = audit.ExportAuditEntries(new ExportAuditEntriesRequest { Service = service }, options);
        while (await export.ResponseStream.MoveNext(cancellationToken))
        {
            var data = export.ResponseStream.Current.Data.Memory;
            // One header for all.
            if (output.Position > 0 && data.Span.StartsWith("service,"u8))
                data = data[(data.Span.IndexOf((byte)'\n') + 1)..];
            await output.WriteAsync(data, cancellationToken);
        }
    }
}
