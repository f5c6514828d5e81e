using PlanServices.Actions.Features.Grid.Reading;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

public class StatusesTests
{
    private static readonly Dictionary<string, Status> Labels = new(StringComparer.OrdinalIgnoreCase) { ["Stalled"] = Status.Amber };

    [Theory]
    [InlineData("R", Status.Red, Direction.Unspecified)]
    [InlineData("amber", Status.Amber, Direction.Unspecified)]
    [InlineData("Yellow ↓", Status.Amber, Direction.Deteriorated)]
    [InlineData("↔ Green", Status.Green, Direction.NoChange)]
    [InlineData("W\\leftrightarrow", Status.NotStarted, Direction.NoChange)]
    [InlineData("\\uparrow G", Status.Green, Direction.Improved)]
    [InlineData("Not started / no change", Status.NotStarted, Direction.NoChange)]
    [InlineData("stalled", Status.Amber, Direction.Unspecified)]
    [InlineData("Complete", Status.Complete, Direction.Unspecified)]
    [InlineData("Not rated", Status.NotRated, Direction.Unspecified)]
    [InlineData("↑", Status.Unspecified, Direction.Improved)]
    [InlineData("", Status.Unspecified, Direction.Unspecified)]
    public void Read_Cell_IsUnderstood(string cell, Status status, Direction direction)
    {
        var (findings, read) = Read(cell);

        Assert.Equal((status, direction), (read.Status, read.Direction));
        Assert.DoesNotContain(findings, d => d.Code == "STATUS_UNREADABLE");
    }

    [Theory]
    [InlineData("rag status")]
    [InlineData("•")]
    [InlineData("I.")]
    [InlineData("†")]
    [InlineData("Reduced")]
    [InlineData("Ambert")]
    [InlineData("R A")]
    [InlineData("↑ ↓")]
    [InlineData("B")]
    public void Read_UnreadableCell_StaysUnspecifiedAndIsSaid(string cell)
    {
        var (findings, read) = Read(cell);

        Assert.Equal((Status.Unspecified, Direction.Unspecified), (read.Status, read.Direction));
        Assert.Contains(findings, d => (d.Code, d.Raw) == ("STATUS_UNREADABLE", cell));
    }

    [Fact]
    public void Read_ClippedArrow_IsOfferedAndNotTaken()
    {
        var (findings, read) = Read("←");

        Assert.Equal(Direction.Unspecified, read.Direction);
        Assert.Equal("no change", Assert.Single(findings, d => d.Code == "DIRECTION_UNREADABLE").Interpreted);
    }

    [Fact]
    public void Read_TwoCellsDisagree_TakesNeither()
    {
        var findings = new Findings();
        var row = new RawRow(2, new Dictionary<GridColumn, string> { [GridColumn.Status] = "G ↑", [GridColumn.Direction] = "Deteriorated" });

        var read = Statuses.Read(row, Labels, ownDirection: true, findings);

        Assert.Equal((Status.Green, Direction.Unspecified), (read.Status, read.Direction));
        Assert.Contains(findings.InOrder(), d => d.Code == "DIRECTION_CONTRADICTED");
    }

    private static (IReadOnlyList<Diagnostic> Findings, (Status Status, Direction Direction, string RawDirection) Read) Read(string cell)
    {
        var findings = new Findings();
        var read = Statuses.Read(new RawRow(2, new Dictionary<GridColumn, string> { [GridColumn.Status] = cell }), Labels, ownDirection: false, findings);
        return (findings.InOrder(), read);
    }
}
