using PlanServices.Actions.Features.Grid.Reading;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

public class CsvGridTests
{
    [Theory]
    [InlineData("RAG,DoT,Progress,Lead,Ref,Title,Theme\nA,Improved,Begun.,Constabulary,V1,Answer,Victims\n")]
    [InlineData("Theme;Reference;Priority action;Delivery lead;Update;Status;Direction of travel\nVictims;V1;Answer;Constabulary;Begun.;Amber;up\n")]
    [InlineData("Objective,Action no,Action,Delivery partner,Commentary,RAG status,Trend\r\nVictims,V1,Answer,Constabulary,Begun.,Yellow,↑\r\n")]
    public void ReadCsv_ColumnsRenamedAndReordered_AreKnown(string csv)
    {
        var leaf = Assert.Single(WholeGrid.OfCsv(csv).Leaves);

        Assert.Equal(
            ("V1", "Victims", "Answer", "Constabulary", "Begun.", Status.Amber, Direction.Improved),
            (leaf.Ref, leaf.Theme, leaf.Title, leaf.DeliveryLeads[0].Text, leaf.Narrative, leaf.Status, leaf.Direction));
    }

    [Fact]
    public void ReadCsv_QuotedCells_KeepCommasQuotesAndLines()
    {
        var leaf = Assert.Single(WholeGrid.OfCsv("Ref,Title,Update,Theme\nV1,\"Answer, and \"\"listen\"\"\",\"One.\nTwo.\",Victims\n").Leaves);

        Assert.Equal(("Answer, and \"listen\"", "One.\nTwo."), (leaf.Title, leaf.Narrative));
    }

    [Fact]
    public void ReadCsv_NeutralisedFormula_IsRestored() =>
        Assert.Equal("=1+1", Assert.Single(WholeGrid.OfCsv("Ref,Title,Update,Theme\nV1,Answer,'=1+1,Victims\n").Leaves).Narrative);

    [Fact]
    public void ReadCsv_ColumnTwice_SaysWhich() => Assert.Contains(
        "'Status', 'RAG'",
        Assert.Throws<UnreadableGridException>(() => WholeGrid.OfCsv("Ref,Title,Status,RAG\nV1,Answer,G,R\n")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ReadCsv_RaggedRecord_IsSaid() =>
        Assert.Contains(WholeGrid.OfCsv("Ref,Title,Update,Theme\nV1,Answer,Begun.,Victims,more\n").Diagnostics, d => d.Code == "COLUMNS_DIFFER");

    [Fact]
    public void ReadCsv_TitleOverSubRows_IsTheParents()
    {
        var reading = WholeGrid.OfCsv("Theme,Ref,Title,Update\nOffenders,O2.1,Tackle crime,A.\nOffenders,O2.2,,B.\nOffenders,O3,Help,C.\n");

        Assert.Equal(("O2", "Tackle crime"), (reading.Actions.Single().Ref, reading.Actions.Single().Title));
        Assert.Equal([("O2.1", "O2", ""), ("O2.2", "O2", ""), ("O3", null, "Help")], reading.Leaves.Select(l => (l.Ref, l.ParentRef, l.Title)));
    }

    [Fact]
    public void ReadCsv_HeaderOnly_SaysSo() => Assert.Throws<UnreadableGridException>(() => WholeGrid.OfCsv("Ref,Title,Update,Theme\n"));
}
