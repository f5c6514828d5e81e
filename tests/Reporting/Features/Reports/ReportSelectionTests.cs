using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using Xunit;

namespace PlanServices.Reporting.Tests.Features.Reports;

public class ReportSelectionTests
{
    private static readonly Theme Offenders = new() { Name = "plans/county/themes/offenders", DisplayName = "Offenders", Position = 2 };

    [Fact]
    public void Apply_SomeRefs_LeavesTheirRowsInOrderAndTheFiguresOfAll()
    {
        var report = Chosen("status Amber", "O1", "V2");
        var view = new ReportView(report);

        Assert.Equal(["O1", "V2"], report.Rows.Select(r => r.Ref));
        Assert.Equal(4, report.Summary.Total.Leaves);
        Assert.StartsWith("This paper shows 2 of 4 actions, status Amber. The figures are those of the whole plan.", view.Edition, StringComparison.Ordinal);
        Assert.Equal(["Offenders", "Victims"], view.Themes.Select(t => t.Name));
    }

    [Fact]
    public void Apply_RefsInAnotherOrderThanByTheme_StayTogether() =>
        Assert.Equal(["V2", "O1", "V1"], Assert.Single(new ReportView(Chosen("by title", "V2", "O1", "V1")).Themes).Rows.Select(r => r.Ref));

    [Fact]
    public void Apply_NoRefs_ChangesNothing()
    {
        var report = Chosen("");

        Assert.Equal(4, report.Rows.Count);
        Assert.StartsWith("Edition for the board", new ReportView(report).Edition, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refs", "", "V1", "V9")]
    [InlineData("refs", "", "V1", "V1")]
    [InlineData("selection", "status Amber")]
    public void Apply_WhatCannotBe_NamesTheField(string field, string selection, params string[] refs)
    {
        var failure = Assert.Throws<ApiException>(() => Chosen(selection, refs));

        Assert.Equal(field, Assert.Single(failure.Fields).Field);
    }

    private static ProgressReport Chosen(string selection, params string[] refs)
    {
        var request = new RenderReportRequest { Selection = selection };
        request.Refs.AddRange(refs);
        ReportSelection.Check(request);
        var other = ReportMaterials.Leaf("O1");
        other.Action.Theme = Offenders.Name;
        var report = ProgressReports.Of(
            ReportMaterials.Alone([ReportMaterials.Victims, Offenders], [ReportMaterials.Leaf("V1"), ReportMaterials.Leaf("V2"), ReportMaterials.Leaf("V3"), other]),
            PartnerDirectory.OutOfReach,
            ReportMaterials.Today);
        ReportSelection.Apply(report, request);
        return report;
    }
}
