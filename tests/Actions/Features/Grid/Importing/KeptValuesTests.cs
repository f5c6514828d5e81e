using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Importing;

/// <summary>A cell that says nothing empties nothing.</summary>
public class KeptValuesTests
{
    private static readonly (string Heading, string Cell)[] Row =
    [
        ("Theme", "Victims"),
        ("Ref", "V1"),
        ("Priority action", "Answer calls sooner"),
        ("OPCC lead", "NP"),
        ("Delivery lead", "Constabulary"),
        ("Key delivery activities", "The desk is staffed; see also T1. https://example.org/desk.pdf"),
        ("Status", "Red"),
        ("Status reason", "Two posts are vacant."),
        ("Direction", "Improved"),
        ("Wider partnership opportunities", "Share it: https://example.org/share.pdf"),
        ("Evidence links", "https://example.org/own.pdf"),
        ("Cross-references", "T2"),
    ];

    public static TheoryData<string, string> Columns => new()
    {
        { "Key delivery activities", "narrative" },
        { "Status", "status" },
        { "Status reason", "status_reason" },
        { "Direction", "direction" },
        { "Wider partnership opportunities", "opportunities" },
        { "Evidence links", "evidence_links" },
        { "Cross-references", "cross_references" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task ImportGrid_EmptyCell_KeepsWhatThePlanHasAndSaysSo(string heading, string field) =>
        await ImportsAsKeptAsync(Csv(r => r.Heading == heading ? (r.Heading, "") : r), field);

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task ImportGrid_ColumnNotThere_KeepsWhatThePlanHasAndSaysSo(string heading, string field) =>
        await ImportsAsKeptAsync(Csv(r => r.Heading == heading ? null : r), field);

    [Fact]
    public async Task ImportGrid_StatusThatCannotBeRead_KeepsWhatThePlanHasAndSaysBoth()
    {
        await using var server = await StartAsync();

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Csv(r => r.Heading == "Status" ? (r.Heading, "Purple") : r));

        Assert.Equal(Status.Red, (await server.GetAsync("V1")).Status);
        Assert.Equal(
            ["STATUS_UNREADABLE", "VALUE_KEPT"], answer.Diagnostics.Where(d => (d.Ref, d.Column) == ("V1", "status")).Select(d => d.Code).Order());
    }

    [Fact]
    public async Task ImportGrid_StatusAndDirectionKept_SaysThemInWords()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + "Victims,V1,Answer calls,NP,OPCC,Begun.,Not started,,No change,\n");

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + "Victims,V1,Answer calls,NP,OPCC,Begun.,,,,\n");

        Assert.Equal(["Not started", "No change"], answer.Diagnostics.Where(d => d.Code == "VALUE_KEPT").Select(d => d.Interpreted));
    }

    [Fact]
    public async Task ImportGrid_OnlyRefAndStatus_ChangesTheStatusAlone()
    {
        await using var server = await StartAsync();
        var before = await server.GetAsync("V1");

        var answer = await server.ImportCsvAsync("fenland", "2018-10", "Ref,Priority action,Status\nV1,,Green\n");

        var after = await server.GetAsync("V1");
        Assert.Equal((0, 1), (answer.Created, answer.Changed));
        Assert.Equal((Status.Green, Direction.Improved), (after.Status, after.Direction));
        (before.Status, before.Source, before.Etag, before.Revision, before.UpdateTime) = (after.Status, after.Source, after.Etag, after.Revision, after.UpdateTime);
        Assert.Equal(before, after);
        Assert.Equal(("Green", "Improved", "Constabulary"), (after.Source.RawStatus, after.Source.RawDirection, after.Source.RawDeliveryLeads));
    }

    [Fact]
    public async Task ImportGrid_TextChanged_LinksAndReferencesFollowItAndOwnOnesStay()
    {
        await using var server = await StartAsync();

        await server.ImportCsvAsync("fenland", "2018-10", Csv(r => r.Heading switch
        {
            "Key delivery activities" => (r.Heading, "It is quieter; see also V2. https://example.org/quiet.pdf"),
            "Evidence links" or "Cross-references" => null,
            _ => r,
        }));

        var update = await server.GetAsync("V1");
        Assert.Equal(
            ["https://example.org/quiet.pdf", "https://example.org/share.pdf", "https://example.org/own.pdf"], update.EvidenceLinks);
        Assert.Equal(["plans/fenland/actions/V2", "plans/fenland/actions/T2"], update.CrossReferences);
    }

    [Fact]
    public async Task ImportGrid_OverTextThatWasOnlyCarriedOver_TakesNoneOfItForAReport()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + "Victims,V2,,,,,Green,,,\n");

        var update = await server.GetAsync("V2");
        Assert.Equal(("", "", Status.Green, ""), (update.Narrative, update.Opportunities, update.Status, update.CarriedOverFrom));
        Assert.Empty(update.CrossReferences);
        Assert.Equal(["narrative", "opportunities"], answer.Diagnostics.Where(d => d.Code == "CARRIED_OVER_NOT_TAKEN").Select(d => d.Column));
    }

    [Fact]
    public async Task ImportGrid_NotesNotThere_KeepsThoseOfThePlan()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", "Theme,Ref,Priority action,Status,Notes\nVictims,V1,Answer calls,Green,Inspected in May\n");

        await server.ImportCsvAsync("fenland", "2018-10", "Theme,Ref,Priority action,Status\nVictims,V1,Answer calls,Green\n");

        var action = await server.Actions.GetPlanActionAsync(new GetPlanActionRequest { Name = "plans/fenland/actions/V1" }, cancellationToken: Deadline.Token);
        Assert.Equal(["Inspected in May"], action.Notes);
    }

    private static async Task ImportsAsKeptAsync(string csv, string field)
    {
        await using var server = await StartAsync();
        var before = await server.GetAsync("V1");

        var answer = await server.ImportCsvAsync("fenland", "2018-10", csv);

        Assert.Equal(before, await server.GetAsync("V1"));
        Assert.Equal((0, 0), (answer.Created, answer.Changed));
        Assert.Equal([field], answer.Diagnostics.Where(d => d is { Code: "VALUE_KEPT", Ref: "V1" }).Select(d => d.Column));
        var again = await server.ImportCsvAsync("fenland", "2018-10", csv);
        Assert.Equal((0, answer.Revision), (again.Changed, again.Revision));
    }

    private static async Task<ActionsServer> StartAsync()
    {
        var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Csv(r => r));
        var first = await server.ImportCsvAsync("fenland", "2018-10", Csv(r => r));
        Assert.Equal((0, 0), (first.Created, first.Changed));
        return server;
    }

    // V1's row with its cells as they are chosen, and three further actions.
    private static string Csv(Func<(string Heading, string Cell), (string Heading, string Cell)?> choose)
    {
        var cells = Row.Select(choose).OfType<(string Heading, string Cell)>().ToArray();
        string[] others = ["V2", "T1", "T2"];
        return Line(cells.Select(c => c.Heading)) + Line(cells.Select(c => c.Cell)) + string.Concat(others.Select(o => Line(cells.Select(c => c.Heading switch
        {
            "Theme" => o[0] == 'V' ? "Victims" : "Transformation",
            "Ref" => o,
            "Priority action" => $"Do {o}",
            _ => "",
        }))));

        static string Line(IEnumerable<string> line) => string.Join(',', line.Select(c => $"\"{c}\"")) + "\n";
    }
}
