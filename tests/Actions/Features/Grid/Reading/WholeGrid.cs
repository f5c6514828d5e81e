using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Grid.Tables;
using PlanServices.Actions.V1;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

/// <summary>All that a small grid says, of a plan of which nothing is known.</summary>
internal sealed record WholeGrid(
    IReadOnlyList<GridTheme> Themes, IReadOnlyList<GridAction> Actions, IReadOnlyList<GridLeaf> Leaves, IReadOnlyList<Diagnostic> Diagnostics)
{
    private static readonly GridContext Nothing = new([], [], new Dictionary<string, ProgressUpdate.Types.Status>());

    public static WholeGrid OfText(string text) => Of(GridReader.ReadText(text, Nothing, new Findings()));

    public static WholeGrid OfCsv(string csv) => Of(GridReader.ReadTable(CsvTable.Read(() => new StringReader(csv)), Nothing, new Findings()));

    private static WholeGrid Of(GridReading reading)
    {
        var findings = reading.Found();
        List<GridLeaf> leaves = [.. reading.Leaves(findings)];
        return new WholeGrid(reading.Themes, reading.Actions, leaves, reading.Diagnostics(findings));
    }
}
