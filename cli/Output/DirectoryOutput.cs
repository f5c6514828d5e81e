using PlanServices.Partners.V1;
using Spectre.Console;
using static PlanServices.Cli.Output.ShortForms;

namespace PlanServices.Cli.Output;

/// <summary>Says what the directory holds.</summary>
internal static class DirectoryOutput
{
    public static void WritePartners(IAnsiConsole console, IReadOnlyList<Partner> partners)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Partner", "Name", "Short", "Until", "Now");
        foreach (var partner in partners)
        {
            table.AddRow(
                new Text(Id(partner.Name)),
                new Text(partner.DisplayName),
                new Text(partner.ShortName),
                new Text(partner.EndDate is { } end ? $"{end.Year:D4}-{end.Month:D2}-{end.Day:D2}" : ""),
                new Text(string.Join(", ", partner.Successors.Select(Id))));
        }

        console.WriteTable(table);
        console.WriteLine($"{partners.Count} bodies.");
    }

    public static void WriteStructure(IAnsiConsole console, GetStructureResponse structure)
    {
        foreach (var node in structure.Nodes)
        {
            var how = node.Kind switch
            {
                Relation.Types.Kind.SubgroupOf => " (sub-group)",
                Relation.Types.Kind.AccountableTo => " (answers to it)",
                Relation.Types.Kind.MemberOf => " (member)",
                _ => "",
            };
            var chairs = node.Chairs.Count == 0 ? "" : $"; chair: {string.Join(", ", node.Chairs.Select(Id))}";
            console.WriteLine($"{new string(' ', 2 * node.Depth)}{node.DisplayName}{how}{chairs}");
        }

        if (structure.Nodes.Count == 0)
            console.WriteLine("No body stands below another on that day.");
    }

    public static void WriteReviews(IAnsiConsole console, IReadOnlyList<LeadReview> reviews)
    {
        if (reviews.Count == 0)
        {
            console.WriteLine("Every lead that was asked for is matched or settled.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Text", "Asked", "Area", "Means", "Nearest");
        foreach (var review in reviews)
        {
            table.AddRow(
                new Text(review.Text),
                new Text($"{review.Count}"),
                new Text(Id(review.Area)),
                new Text(Meaning(review)),
                new Text(string.Join(", ", review.Candidates.Select(Id))));
        }

        console.WriteTable(table);
        console.WriteLine("'plan settle TEXT PARTNER' says what one means; with --nobody, that it is no body.");
    }

    public static void WriteSettled(IAnsiConsole console, LeadReview review) => console.WriteLine(
        review.State == LeadReview.Types.State.Settled
            ? $"'{review.Text}' means {review.Partner} in plans of {Id(review.Area)}; their leads follow."
            : $"'{review.Text}' means no body in plans of {Id(review.Area)}; their leads follow.");

    private static string Meaning(LeadReview review) => review.State switch
    {
        LeadReview.Types.State.Settled => Id(review.Partner),
        LeadReview.Types.State.Dismissed => "no body",
        _ => "",
    };
}
