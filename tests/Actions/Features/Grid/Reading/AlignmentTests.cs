using PlanServices.Actions.Features.Grid.Reading;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

public class AlignmentTests
{
    private const string Activities = "Key delivery activities";
    private const string Status = "Delivery Status / Direction of travel";

    [Fact]
    public void Columns_BlankHeadings_FollowFromTheirPlace() => Assert.Equal(
        [GridColumn.Stray, GridColumn.Theme, GridColumn.TitleRef, GridColumn.Title, GridColumn.OpccLeads, GridColumn.DeliveryLeads, GridColumn.Ref,
            GridColumn.Narrative, GridColumn.Status, GridColumn.Opportunities],
        Alignment.Columns(["1", "heme", "", "P & CP - Priority Actions", "OPCC L'd", "D'vry Lead", "", Activities, Status, "Wider Partnership"]));

    [Fact]
    public void Columns_HeadingsLost_FollowFromTheirPlace() => Assert.Equal(
        [GridColumn.Theme, GridColumn.Title, GridColumn.OpccLeads, GridColumn.DeliveryLeads, GridColumn.Ref, GridColumn.Narrative, GridColumn.Status,
            GridColumn.Opportunities],
        Alignment.Columns(["Theme", "Priority Actions", "OPCC L'd", "D'vry Lead", "", "", "", "Wider Partnership"]));

    [Fact]
    public void Align_RowWithACellTooMany_IsFittedByWhatItHolds()
    {
        var page = new TextPage(
            ["Theme", "Priority Actions", "OPCC L'd", "D'vry Lead", "", Activities, Status, "Wider Partnership"],
            [new TextLine(2, ["7", "Victims", "Answer every call for help sooner.", "NP", "Constabulary", "V1.", "The new desk is open and all calls are answered there.", "G", ""])]);
        var findings = new Findings();

        var row = Assert.Single(Alignment.Align(page, findings));

        Assert.Equal(
            ("Victims", "NP", "Constabulary", "V1.", "G"),
            (row[GridColumn.Theme], row[GridColumn.OpccLeads], row[GridColumn.DeliveryLeads], row[GridColumn.Ref], row[GridColumn.Status]));
        Assert.Contains(findings.InOrder(), d => d.Code == "COLUMNS_DIFFER");
    }

    [Fact]
    public void Split_PagesLegendAndBlankPage_LeavesTheRows()
    {
        var text = string.Join('\n', [
            $"Theme\tPriority Actions\tOPCC L'd\tD'vry Lead\t\t{Activities}\t{Status}\tWider Partnership",
            "Theme\t-\tStatus Key - Red, act now\tYellow\tGreen, On Target\tWhite - not started",
            "Victims\tAnswer\tNP\tConstabulary\tV1\tOpen.\tG\t",
            "12",
            $"T\theme\tPriority Actions\tOPCC L'd\tD'vry Lead\t\t{Activities}\t{Status}\tWider Partnership",
            "\tVictims\tInform\tNP\tConstabulary\tV2\tDone.\tG\t",
            "This page is intentionally left blank",
        ]);
        var findings = new Findings();

        var pages = TextPages.Split(text, findings);

        Assert.Equal([[3], [6]], pages.Select(p => p.Rows.Select(r => r.Number)));
        Assert.Empty(findings.InOrder());
    }
}
