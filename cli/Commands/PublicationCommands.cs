using System.CommandLine;
using PlanServices.Cli.Output;
using PlanServices.Reporting.V1;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan publish</c>, <c>plan reports</c>, <c>plan download</c>, <c>plan withdraw</c>: reports that stay as they are.</summary>
internal static class PublicationCommands
{
    public static Command Publish(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var (audience, marking) = (ReportOptions.Audience(), ReportOptions.Marking());
        var corrects = new Option<int>("--corrects") { Description = "The number of the report that this one corrects." };
        var note = new Option<string>("--note") { Description = "What was corrected; required with --corrects.", DefaultValueFactory = _ => "" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check, and store nothing." };
        var command = new Command("publish", "Publish the report of a locked period: it stays as it is, under a number.") { plan, period, audience, marking, corrects, note, dryRun };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var head = await PlanHead.ReadAsync(connection, result.GetValue(plan), cancellationToken);
                var report = await terminal.WaitAsync("Publishing …", async () =>
                    await Reports(connection).PublishReportAsync(
                        new PublishReportRequest
                        {
                            Parent = head.Name,
                            Period = result.GetValue(period),
                            Audience = ReportOptions.ReadAudience(result.GetValue(audience)),
                            ProtectiveMarking = ReportOptions.ReadMarking(result.GetValue(marking)),
                            Corrects = result.GetValue(corrects) is > 0 and var number ? $"{head.Name}/reports/{number}" : "",
                            CorrectionNote = result.GetValue(note),
                            ValidateOnly = result.GetValue(dryRun),
                            RequestId = Guid.CreateVersion7().ToString(),
                        },
                        head.Call(cancellationToken)));
                PublicationOutput.Write(terminal.Answer, report);
                if (result.GetValue(dryRun))
                    terminal.Aside.WriteLine("A dry run: nothing was stored.");
            });
        });
        return command;
    }

    public static Command List(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var command = new Command("reports", "List a plan's published reports, newest first.") { plan };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                List<Report> reports = [];
                var request = new ListReportsRequest { Parent = $"plans/{result.GetValue(plan)}", PageSize = 1000 };
                do
                {
                    var page = await Reports(connection).ListReportsAsync(request, connection.Call(cancellationToken));
                    reports.AddRange(page.Reports);
                    request.PageToken = page.NextPageToken;
                }
                while (request.PageToken.Length > 0);

                PublicationOutput.Write(terminal.Answer, reports);
            });
        });
        return command;
    }

    public static Command Download(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, number, output) = (PlanOptions.Plan(), ReportOptions.Number(), PlanOptions.Output());
        var format = ReportOptions.Format(output);
        var command = new Command("download", "Write a file of a published report.") { plan, number, format.Option, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var body = await Reports(connection).DownloadReportAsync(
                    new DownloadReportRequest { Name = Name(result, plan, number), Format = format.Read<Format>(result) },
                    connection.Call(cancellationToken));
                await OutputFile.WriteAsync(result.GetValue(output)!, body.Data.Memory, terminal, cancellationToken);
            });
        });
        return command;
    }

    public static Command Withdraw(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, number) = (PlanOptions.Plan(), ReportOptions.Number());
        var reason = new Option<string>("--reason") { Description = "Why; it stays in the list of reports.", Required = true };
        var command = new Command("withdraw", "Withdraw a published report: its content is removed for good.") { plan, number, reason };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var report = await Reports(connection).WithdrawReportAsync(
                    new WithdrawReportRequest
                    {
                        Name = Name(result, plan, number),
                        Reason = result.GetValue(reason),
                        RequestId = Guid.CreateVersion7().ToString(),
                    },
                    connection.Call(cancellationToken));
                PublicationOutput.Write(terminal.Answer, report);
            });
        });
        return command;
    }

    private static ReportService.ReportServiceClient Reports(Connection connection) => new(connection.Channel);

    private static string Name(ParseResult result, Option<string> plan, Option<int> number) =>
        $"plans/{result.GetValue(plan)}/reports/{result.GetValue(number)}";
}
