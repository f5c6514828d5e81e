using PlanServices.Actions.Tests.Features.Grid.Reading;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Tables;

/// <summary>The headers that offices write over their tables.</summary>
public class HeaderTests
{
    private const string Upper = "Theme,Ref,Priority action,Leads,,Key delivery activities,Delivery status,\n";
    private const string Row = "Victims,V1,Answer,NP,Constabulary,Begun.,Amber,Improved\n";

    [Theory]
    [InlineData(Upper + ",,,OPCC,Delivery,,RAG,Direction of travel\n")]
    // As cells that are merged over both records.
    [InlineData(Upper + "Theme,Ref,Priority action,OPCC,Delivery,Key delivery activities,RAG,Direction of travel\n")]
    [InlineData("Theme,Ref,Priority action,OPCC,Delivery,Key delivery activities,Status,Status\n,,,Lead,Lead,,RAG,DoT\n")]
    // A record of groups alone.
    [InlineData("Plan,,,Leads,,This quarter,,\nTheme,Ref,Priority action,OPCC,Delivery,Key delivery activities,RAG,DoT\n")]
    public void ReadCsv_TwoHeaderRecords_AreReadTogether(string header)
    {
        var leaf = Assert.Single(WholeGrid.OfCsv(header + Row + header.Split('\n')[1] + "\n").Leaves);

        Assert.Equal(
            ("V1", "NP", "Constabulary", "Begun.", Status.Amber, Direction.Improved),
            (leaf.Ref, Assert.Single(leaf.OpccLeads), Assert.Single(leaf.DeliveryLeads).Text, leaf.Narrative, leaf.Status, leaf.Direction));
    }

    [Fact]
    public void ReadCsv_RowOfTextUnderTheHeader_IsARow()
    {
        var grid = WholeGrid.OfCsv("Theme,Ref,Priority action,Key delivery activities,Wider partnership opportunities\nVictims,V1,Status,Progress,Update\n");

        Assert.Equal(("V1", "Progress", "Update"), Assert.Single(grid.Leaves.Select(l => (l.Ref, l.Narrative, l.Opportunities))));
    }

    [Fact]
    public void ReadCsv_BlankColumnsBetween_ArePassedOver()
    {
        var grid = WholeGrid.OfCsv(",Theme,,Ref,Priority action,,,Delivery lead,Update,,RAG\n,Victims,,V1,Answer,,,Constabulary,Begun.,,Amber\n");

        Assert.Equal(("V1", "Victims", "Answer", Status.Amber), Assert.Single(grid.Leaves.Select(l => (l.Ref, l.Theme, l.Title, l.Status))));
        Assert.DoesNotContain(grid.Diagnostics, d => d.Code == "COLUMNS_DIFFER");
    }
}
