using System.CommandLine;
using Google.Protobuf;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan import FILE</c>: reads a progress grid into a plan.</summary>
internal static class ImportCommand
{
    private const int MaxBytes = 32 << 20;

    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The grid: an Excel workbook, a Word document, CSV, or text pulled from a PDF." };
        var plan = new Option<string>("--plan") { Description = "The plan's id: cambridgeshire-2017.", Required = true };
        var period = new Option<string>("--period") { Description = "The period's id, year and month: 2018-10.", Required = true };
        var format = new Option<string>("--format") { Description = "How the file is laid out; otherwise its content tells." };
        format.AcceptOnlyFromAmong("text-grid", "csv", "xlsx", "docx");
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what the import would do; store nothing." };
        var noCreate = new Option<bool>("--no-create") { Description = "Fail where the plan, a theme or the period is not there, rather than make it." };
        var accept = new Option<bool>("--accept-suggestions") { Description = "Take statuses that are stated in prose only." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Take rows even where somebody has changed the update since it was imported." };
        var show = new Option<string>("--diagnostics") { Description = "Which diagnostics to list.", DefaultValueFactory = _ => "warnings" };
        show.AcceptOnlyFromAmong("all", "warnings", "none");

        var command = new Command("import", "Read a progress grid into a plan and period, making what is not there.")
        {
            file, plan, period, format, dryRun, noCreate, accept, overwrite, show,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var path = result.GetValue(file)!;
                var content = await ReadAsync(path, cancellationToken);
                var request = new ImportGridRequest
                {
                    Parent = $"plans/{result.GetValue(plan)}",
                    Period = result.GetValue(period),
                    Format = FormatOf(result.GetValue(format)),
                    FileName = Path.GetFileName(path),
                    Content = ByteString.CopyFrom(content),
                    CreateMissing = !result.GetValue(noCreate),
                    AcceptSuggestions = result.GetValue(accept),
                    Overwrite = result.GetValue(overwrite),
                    ValidateOnly = result.GetValue(dryRun),
                    RequestId = Guid.CreateVersion7().ToString(),
                };
                var answer = await terminal.WaitAsync(
                    $"Importing {request.FileName} …", () => ImportAsync(connection, request, cancellationToken));
                ImportOutput.Write(terminal.Answer, request, answer, result.GetValue(show)!);
            });
        });
        return command;
    }

    // Sent again once where the answer was lost: the request id makes sure that it is carried out once.
    private static async Task<ImportGridResponse> ImportAsync(Connection connection, ImportGridRequest request, CancellationToken cancellationToken)
    {
        var grids = new GridService.GridServiceClient(connection.Channel);
        try
        {
            return await grids.ImportGridAsync(request, connection.Call(cancellationToken));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            return await grids.ImportGridAsync(request, connection.Call(cancellationToken));
        }
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            throw new CommandException($"{path} is a folder, not a file.");
        if (!File.Exists(path))
            throw new CommandException($"There is no file {path}.");

        var length = new FileInfo(path).Length;
        return length switch
        {
            0 => throw new CommandException($"{path} is empty."),
            > MaxBytes => throw new CommandException($"{path} has {length:N0} bytes; at most {MaxBytes:N0} (32 MB) are read."),
            _ => await File.ReadAllBytesAsync(path, cancellationToken),
        };
    }

    private static Format FormatOf(string? named) => named switch
    {
        "csv" => Format.Csv,
        "text-grid" => Format.TextGrid,
        "xlsx" => Format.Xlsx,
        "docx" => Format.Docx,
        _ => Format.Unspecified,
    };
}
