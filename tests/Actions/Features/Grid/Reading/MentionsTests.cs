using PlanServices.Actions.Features.Grid.Reading;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

public class MentionsTests
{
    [Theory]
    [InlineData("See http://a.example/x/Item-5.0 Quarterly-Report.pdf for more", "http://a.example/x/Item-5.0Quarterly-Report.pdf")]
    [InlineData("paper http://a.example/x.pdf.Proposal follows", "http://a.example/x.pdf")]
    [InlineData("(http://a.example/x.pdf).", "http://a.example/x.pdf")]
    [InlineData("units.http://a.example/x.pdf", "http://a.example/x.pdf")]
    [InlineData("http://a.example/work/board/ Task group met", "http://a.example/work/board/")]
    [InlineData("www.a.example/b, and so on", "http://www.a.example/b")]
    [InlineData("http://a.example/?a=1&b=(2)", "http://a.example/?a=1&b=(2)")]
    public void Find_Link_IsPutRight(string text, string link) => Assert.Equal([link], LinksOf(text));

    [Fact]
    public void Find_LinksGluedTogether_AreTwo() =>
        Assert.Equal(["http://a.example/x.pdf", "http://b.example/y.pdf"], LinksOf("http://a.example/x.pdfhttp://b.example/y.pdf"));

    [Theory]
    [InlineData("See also O1.1.", "O1.1")]
    [InlineData("See also O 1.1", "O1.1")]
    [InlineData("Links to T1 and O3 pathways", "T1,O3")]
    [InlineData("see C7 below", "C7")]
    [InlineData("See also section C6 Think", "C6")]
    [InlineData("See also update at T1", "T1")]
    [InlineData("Review (see C4) done", "C4")]
    [InlineData("See also О3", "O3")]
    public void Find_CrossReference_IsFound(string text, string refs) => Assert.Equal(refs, string.Join(',', ReferencesOf(text).Refs));

    [Theory]
    [InlineData("The 7F programme")]
    [InlineData("Section 136 of the Act")]
    [InlineData("Phase 1: scoping")]
    [InlineData("In Q1 2018 the BCH 2 team")]
    [InlineData("a C1-type licence, 4T1, C71 and xC7")]
    [InlineData("£T1 and $O3")]
    [InlineData("See also V9")]
    public void Find_LookAlike_IsNoReference(string text) => Assert.Empty(ReferencesOf(text).Refs);

    [Fact]
    public void Find_ReferenceToNothing_IsSaid() =>
        Assert.Contains(ReferencesOf("Links to T99 soon").Findings, d => d.Code == "CROSS_REFERENCE_UNKNOWN");

    [Fact]
    public void Find_NumberWithoutLetter_IsOfferedOnly()
    {
        var (refs, findings) = ReferencesOf("See also section 10.1 of it");

        Assert.Empty(refs);
        Assert.Equal("C10.1", Assert.Single(findings, d => d.Code == "CROSS_REFERENCE_INCOMPLETE").Interpreted);
    }

    private static List<string> LinksOf(string text) => Links.Find(text, Row(), GridColumn.Narrative, new Findings()).Links;

    private static (List<string> Refs, IReadOnlyList<Diagnostic> Findings) ReferencesOf(string text)
    {
        var findings = new Findings();
        var references = new CrossReferences(new HashSet<string> { "O1.1", "O3", "T1", "C1", "C4", "C6", "C7", "C10.1", "V9" });
        return ([.. references.Find(text, "V9", Row(), GridColumn.Narrative, findings)], findings.InOrder());
    }

    private static RawRow Row() => new(2, []);
}
