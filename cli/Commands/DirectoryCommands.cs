using System.CommandLine;
using PlanServices.Cli.Output;
using PlanServices.Partners.V1;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan partners</c>, <c>structure</c>, <c>unmatched</c> and <c>settle</c>: the directory, and what leads mean in it.</summary>
internal static class DirectoryCommands
{
    public static Command Partners(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (asAt, area) = (AsAt(), Area("Only the bodies of this police area and national ones"));
        var command = new Command("partners", "List the directory's bodies.") { asAt, area };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var client = new PartnerService.PartnerServiceClient(connection.Channel);
                var request = new ListPartnersRequest { PageSize = 1000, AsAtDate = result.GetValue(asAt) ?? "", Area = NameOfArea(result.GetValue(area)) };
                List<Partner> all = [];
                do
                {
                    var page = await client.ListPartnersAsync(request, connection.Call(cancellationToken));
                    all.AddRange(page.Partners);
                    request.PageToken = page.NextPageToken;
                }
                while (request.PageToken.Length > 0);

                DirectoryOutput.WritePartners(terminal.Answer, all);
            });
        });
        return command;
    }

    public static Command Structure(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var root = new Argument<string?>("partner") { Description = "The id of the body below which to look; otherwise all.", Arity = ArgumentArity.ZeroOrOne };
        var (asAt, area) = (AsAt(), Area("Only below bodies of this police area and national ones"));
        var command = new Command("structure", "Show who stands below whom on a day: sub-groups, those who answer to a body, members.") { root, asAt, area };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var structure = await new PartnerService.PartnerServiceClient(connection.Channel).GetStructureAsync(
                    new GetStructureRequest
                    {
                        Root = NameOf(result.GetValue(root)),
                        AsAtDate = result.GetValue(asAt) ?? "",
                        Area = NameOfArea(result.GetValue(area)),
                    },
                    connection.Call(cancellationToken));
                DirectoryOutput.WriteStructure(terminal.Answer, structure);
            });
        });
        return command;
    }

    public static Command Unmatched(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var all = new Option<bool>("--all") { Description = "Also those that were settled." };
        var command = new Command("unmatched", "List the leads' texts that the directory could not match by itself.") { all };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var client = new PartnerService.PartnerServiceClient(connection.Channel);
                var request = new ListUnmatchedLeadsRequest { PageSize = 1000, ShowSettled = result.GetValue(all) };
                List<LeadReview> reviews = [];
                do
                {
                    var page = await client.ListUnmatchedLeadsAsync(request, connection.Call(cancellationToken));
                    reviews.AddRange(page.LeadReviews);
                    request.PageToken = page.NextPageToken;
                }
                while (request.PageToken.Length > 0);

                DirectoryOutput.WriteReviews(terminal.Answer, reviews);
            });
        });
        return command;
    }

    public static Command Settle(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var text = new Argument<string>("text") { Description = "The lead's text, as the list of unmatched ones has it." };
        var partner = new Argument<string?>("partner") { Description = "The id of the body that it means.", Arity = ArgumentArity.ZeroOrOne };
        var nobody = new Option<bool>("--nobody") { Description = "It means no body." };
        var area = Area("The police area in whose plans it means that");
        var command = new Command("settle", "Say once what a lead's text means; the leads in plans follow.") { text, partner, nobody, area };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                if (result.GetValue(partner) is null != result.GetValue(nobody))
                    throw new CommandException("Give either the body that the text means, or --nobody.");

                var review = await new PartnerService.PartnerServiceClient(connection.Channel).SettleLeadAsync(
                    new SettleLeadRequest
                    {
                        Text = result.GetValue(text),
                        Partner = NameOf(result.GetValue(partner)),
                        Area = NameOfArea(result.GetValue(area)),
                        RequestId = Guid.CreateVersion7().ToString(),
                    },
                    connection.Call(cancellationToken));
                DirectoryOutput.WriteSettled(terminal.Answer, review);
            });
        });
        return command;
    }

    private static Option<string?> AsAt() => new("--as-at") { Description = "The day to answer for, as in 2028-05-04; otherwise today." };

    private static Option<string?> Area(string description) => new("--area") { Description = $"{description}, as in norfolk." };

    private static string NameOf(string? id) => id is null ? "" : id.StartsWith("partners/", StringComparison.Ordinal) ? id : $"partners/{id}";

    private static string NameOfArea(string? id) => id is null ? "" : $"policeAreas/{id}";
}
