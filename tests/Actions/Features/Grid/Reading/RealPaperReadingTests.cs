using PlanServices.Testing;
using Xunit;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

/// <summary>The facts of the October 2018 paper: refs, initials, bodies, references, links.</summary>
public class RealPaperReadingTests
{
    [Fact]
    public async Task ReadText_October2018_FindsEveryRow()
    {
        var reading = await ReadAsync();

        Assert.Equal(["V", "O", "C", "T"], reading.Themes.Select(t => t.RefPrefix));
        Assert.Equal(
            "V1.1 V2 V3 V4 V5 V6 V7 V8 V9 O1.1 O2.1 O2.2 O2.3 O3 O4 O5.1 O5.2 O6 O7 O8 O9 O10 O11 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10.1 C10.2 "
            + "T1 T2 T3 T4 T5 T6 T7 T8 T9 T10",
            string.Join(' ', reading.Leaves.Select(l => l.Ref)));
        Assert.Equal(["V1", "O1", "O2", "O5", "C10"], reading.Actions.Select(a => a.Ref));
        Assert.All(reading.Actions, a => Assert.NotEmpty(a.Title));
    }

    [Theory]
    [InlineData("V1.1", "NP", "Constabulary", "", 0)]
    [InlineData("V3", "NP CS", "Constabulary", "O1.1", 0)]
    [InlineData("V5", "NP", "OPCC|Constabulary|County Council (DA)", "", 0)]
    [InlineData("V7", "NP", "Domestic Abuse and Sexual Violence Delivery Group", "O3", 0)]
    [InlineData("O1.1", "", "Constabulary", "T1", 4)]
    [InlineData("O2.1", "CK", "CSPs", "", 1)]
    [InlineData("O2.3", "CS", "Constabulary", "O1.1", 0)]
    [InlineData("O5.1", "CS NP", "Youth Offending Services", "", 0)]
    [InlineData("O10", "CS JH", "Constabulary|Cambridgeshire Countywide Community Safety Strategic Board|Cambridgeshire Criminal Justice Board", "O4", 0)]
    [InlineData("C6", "CK", "Constabulary", "C7", 0)]
    [InlineData("C10.2", "AF", "", "", 1)]
    [InlineData("T1", "JH", "Constabulary", "C4 O3", 0)]
    [InlineData("T3", "DG", "OPCC", "O11", 0)]
    [InlineData("T5", "AW DG", "OPCC", "", 0)]
    [InlineData("T7", "NP", "OPCC|Countywide Community Safety Strategic Board|CCJB", "", 0)]
    [InlineData("T8", "", "OPCC", "", 0)]
    [InlineData("T10", "CS", "OPCC", "", 2)]
    public async Task ReadText_October2018_ReadsTheRowsFacts(string reference, string initials, string leads, string references, int links)
    {
        var leaf = (await ReadAsync()).Leaves.Single(l => l.Ref == reference);

        Assert.Equal(initials, string.Join(' ', leaf.OpccLeads));
        Assert.Equal(leads, string.Join('|', leaf.DeliveryLeads.Select(l => l.Qualifier.Length == 0 ? l.Text : $"{l.Text} ({l.Qualifier})")));
        Assert.Equal(references, string.Join(' ', leaf.CrossReferences));
        Assert.Equal(links, leaf.EvidenceLinks.Count);
    }

    [Fact]
    public async Task ReadText_October2018_SaysWhatItRepaired()
    {
        var reading = await ReadAsync();

        Assert.All(reading.Leaves, l => Assert.Equal(Status.Unspecified, l.Status));
        Assert.Equal(Status.Amber, reading.Leaves.Single(l => l.Ref == "T10").SuggestedStatus?.Status);
        foreach (var (reference, code) in new[]
        {
            ("O10", "REF_INFERRED"), ("O10", "HEADING_IN_CELL"), ("T7", "REF_REPAIRED"), ("C2", "REF_IN_TITLE"), ("C2", "STATUS_COLUMN_LOST"),
            ("C10.2", "LEAD_REPEATS_INITIALS"), ("C10.1", "STRAY_CHARACTER"), ("T8", "LEAD_REPAIRED"), ("O2.1", "TEXT_CUT"), ("V1.1", "STATUS_UNREADABLE"),
            ("T10", "STATUS_SUGGESTED"), ("T9", "CROSS_REFERENCE_INCOMPLETE"), ("O1.1", "LINK_REPAIRED"), ("C1", "TAGS_REMOVED"),
        })
            Assert.Contains(reading.Diagnostics, d => (d.Ref, d.Code) == (reference, code));
    }

    private static async Task<WholeGrid> ReadAsync() => WholeGrid.OfText(await File.ReadAllTextAsync(Papers.October2018, Deadline.Token));
}
