using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan update REF</c>: saves what an action reports, as a draft.</summary>
internal static class UpdateCommand
{
    private static readonly Dictionary<string, Status> Statuses = new()
    {
        ["red"] = Status.Red,
        ["amber"] = Status.Amber,
        ["green"] = Status.Green,
        ["not-started"] = Status.NotStarted,
        ["complete"] = Status.Complete,
        ["not-rated"] = Status.NotRated,
    };

    private static readonly Dictionary<string, Direction> Directions = new()
    {
        ["improved"] = Direction.Improved,
        ["no-change"] = Direction.NoChange,
        ["deteriorated"] = Direction.Deteriorated,
    };

    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (reference, plan, period, etag) = (PlanOptions.Ref(), PlanOptions.Plan(), PlanOptions.Period(), PlanOptions.Etag());
        var narrative = new Option<string?>("--narrative") { Description = "Key delivery activities; - reads standard input." };
        var narrativeFile = new Option<string?>("--narrative-file") { Description = "A file with the key delivery activities." };
        var status = new Option<string?>("--status") { Description = "How delivery stands." };
        status.AcceptOnlyFromAmong([.. Statuses.Keys]);
        var reason = new Option<string?>("--reason") { Description = "Why it is red, amber or not rated." };
        var direction = new Option<string?>("--direction") { Description = "The direction of travel since the last report." };
        direction.AcceptOnlyFromAmong([.. Directions.Keys]);
        var opportunities = new Option<string?>("--opportunities") { Description = "Wider partnership opportunities." };
        var links = new Option<string[]>("--link") { Description = "A web address of the evidence; several are possible." };
        var command = new Command("update", "Save what an action reports for a period, as a draft; what is not given stays.")
        {
            reference, plan, period, narrative, narrativeFile, status, reason, direction, opportunities, links, etag,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var update = new ProgressUpdate
                {
                    Name = PlanOptions.UpdateName(result.GetValue(plan), result.GetValue(reference)!, result.GetValue(period)),
                    Etag = result.GetValue(etag) ?? "",
                };
                var mask = new FieldMask();
                var text = await TextAsync(result.GetValue(narrative), result.GetValue(narrativeFile), cancellationToken);
                Set("narrative", text, value => update.Narrative = value);
                Set("status", result.GetValue(status), value => update.Status = Statuses[value]);
                Set("status_reason", result.GetValue(reason), value => update.StatusReason = value);
                Set("direction", result.GetValue(direction), value => update.Direction = Directions[value]);
                Set("opportunities", result.GetValue(opportunities), value => update.Opportunities = value);
                if (result.GetValue(links) is { Length: > 0 } given)
                    Set("evidence_links", "", _ => update.EvidenceLinks.AddRange(given));
                if (mask.Paths.Count == 0)
                    throw new CommandException("There is nothing to save: give --narrative, --status or another field.");

                var saved = await new ProgressService.ProgressServiceClient(connection.Channel).SaveProgressUpdateAsync(
                    new SaveProgressUpdateRequest { ProgressUpdate = update, UpdateMask = mask, RequestId = Guid.CreateVersion7().ToString() },
                    connection.Call(cancellationToken));
                UpdateOutput.Write(terminal.Answer, saved);

                void Set(string path, string? value, Action<string> write)
                {
                    if (value is null)
                        return;

                    write(value);
                    mask.Paths.Add(path);
                }
            });
        });
        return command;
    }

    private static async Task<string?> TextAsync(string? text, string? path, CancellationToken cancellationToken)
    {
        if (text is not null && path is not null)
            throw new CommandException("--narrative and --narrative-file say the same thing; give one.");
        if (text == "-")
            return (await Console.In.ReadToEndAsync(cancellationToken)).TrimEnd();
        if (path is null)
            return text;

        return File.Exists(path) ? (await File.ReadAllTextAsync(path, cancellationToken)).TrimEnd() : throw new CommandException($"There is no file {path}.");
    }
}
