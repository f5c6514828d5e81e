using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Reports;

/// <summary>What an audience may not see is in no part of any file.</summary>
public class AudienceTests
{
    private const string Secret = "zebrafish";
    private const string Printable = "ongoing investigation";

    public static TheoryData<Format> Formats { get; } = [.. ReportRenderer.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Public_WithheldFields_AreInNoPartOfTheFile(Format format)
    {
        var text = await EverythingAsync(Audience.Public, format, Withheld);

        Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Printable, text, StringComparison.Ordinal);
        Assert.Contains("V1", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Panel_UpdateThatIsNotApproved_IsInNoPartOfTheFile(Format format)
    {
        var text = await EverythingAsync(Audience.Panel, format, u => u.State = State.Submitted);

        Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Not approved yet", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Board_SameUpdates_AreShown(Format format)
    {
        Assert.Contains(Secret, await EverythingAsync(Audience.Board, format, Withheld), StringComparison.Ordinal);
        Assert.Contains(Secret, await EverythingAsync(Audience.Panel, format, Withheld), StringComparison.Ordinal);
    }

    [Fact]
    public void Public_WithheldStatus_IsCountedAsNotShown()
    {
        var report = Report(Audience.Public, Withheld);

        Assert.Equal(1, report.Summary.Total.Statuses.NotShown);
        Assert.Equal(0, report.Summary.Total.Statuses.Red);
        Assert.Equal(0, report.Trend[^1].Statuses.Red);
        var row = report.Rows[0];
        Assert.Equal((Status.Unspecified, "Not shown", 0), (row.Status, row.StatusLabel, row.RedPeriods));
        Assert.Empty(row.CrossReferences);
        // Nor does the row that was pointed to tell of it.
        Assert.Empty(report.Rows[1].ReferencedBy);
        Assert.Empty(row.Comparison.Fields);
    }

    [Theory]
    [InlineData("narrative")]
    [InlineData("opportunities")]
    public void Public_WithheldText_TakesItsLinksAndReferencesWithIt(string field)
    {
        var report = Report(Audience.Public, u => u.Withheld.Add(new WithheldField { Field = field, Reason = Printable }));

        var row = report.Rows[0];
        Assert.Empty(row.EvidenceLinks);
        Assert.Empty(row.CrossReferences);
        Assert.Empty(report.Rows[1].ReferencedBy);
        Assert.Equal([field, "evidence_links"], row.Withheld.Select(w => w.Field));
    }

    [Fact]
    public void Of_AnyAudience_HasEveryLeaf() =>
        Assert.All([Audience.Board, Audience.Panel, Audience.Public], a => Assert.Equal(["V1", "V2"], Report(a, u => u.State = State.Draft).Rows.Select(r => r.Ref)));

    [Fact]
    public void Public_WithheldWithoutAReason_IsRefused()
    {
        var failure = Assert.Throws<ApiException>(() => Report(Audience.Public, u => u.Withheld.Add(new WithheldField { Field = "narrative" })));

        Assert.Equal("ERROR_REASON_WITHHELD_WITHOUT_REASON", failure.Reason);
        Assert.Equal("plans/county/actions/V1/updates/2018-10:narrative", Assert.Single(failure.Fields).Field);
    }

    private static readonly string[] Fields = ["narrative", "status", "direction", "opportunities", "evidence_links"];

    private static void Withheld(ProgressUpdate update) => update.Withheld.AddRange(
        Fields.Select(f => new WithheldField { Field = f, Reason = Printable }));

    private static async Task<string> EverythingAsync(Audience audience, Format format, Action<ProgressUpdate> change) =>
        ReportMaterials.Everything(await ReportMaterials.BytesAsync(Report(audience, change), format));

    private static ProgressReport Report(Audience audience, Action<ProgressUpdate> change) => ProgressReports.Of(
        ReportMaterials.Two(audience, [ReportMaterials.Leaf("V1", u => Fill(u, change)), ReportMaterials.Leaf("V2")], [ReportMaterials.Leaf("V1", u => Fill(u, change)), ReportMaterials.Leaf("V2")]),
        PartnerDirectory.OutOfReach, ReportMaterials.Today);

    private static void Fill(ProgressUpdate update, Action<ProgressUpdate> change)
    {
        (update.Narrative, update.StatusReason, update.Opportunities) = ($"The {Secret} swims.", $"A {Secret} bit.", $"More {Secret}.");
        (update.Status, update.Direction) = (Status.Red, Direction.Deteriorated);
        update.EvidenceLinks.Add($"https://example.org/{Secret}");
        update.CrossReferences.Add("plans/county/actions/V2");
        update.ReturnReason = Secret;
        update.Source = new UpdateSource { File = $"{Secret}.csv", RawStatus = Secret };
        change(update);
    }
}
