using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Text;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Text;

public class TextRemovalTests
{
    private const string Secret = "Zoë Quiffleathér";

    [Theory]
    [InlineData("Zoe\u0308 Quiffleathe\u0301r")]
    [InlineData("Zoe Quiffleather")]
    [InlineData("Zoë\u200B Quiff\u00ADleathér")]
    [InlineData("Zoë Qui\uFB00leathér")]
    [InlineData("Zoë Quiffl\u0435\u0430thér")]
    [InlineData("zoë.quiffleathér")]
    [InlineData("ZOË_QUIFFLEATHÉR")]
    [InlineData("Zoë-Quiffleathér")]
    [InlineData("Zo%C3%AB%20Quiffleath%c3%a9r")]
    [InlineData("Zo%C3%AB+Quiffleath%C3%A9r")]
    [InlineData("Zoe%CC%88%20\n Quiffleathér")]
    public void From_WrittenOtherwise_IsTakenOutWholeAndAllElseStays(string written)
    {
        var removal = new TextRemoval(Secret);

        Assert.Equal("“Véra\u00A0 [expunged], [expunged]’s: 50%, %zz ﬁn.", removal.From($"“Véra\u00A0 {written}, {written}’s: 50%, %zz ﬁn."));
        Assert.Equal(2, removal.Occurrences);
        Assert.Equal("[expunged]", new TextRemoval(written).From(Secret));
    }

    [Theory]
    [InlineData("Zoë, Quiffleathér")]
    [InlineData("ZoëQuiffleathér")]
    [InlineData("Zoa Quiffleathér")]
    [InlineData("Zoë 'Quiffleathér'")]
    [InlineData("")]
    public void From_AnotherText_LeavesIt(string other)
    {
        var removal = new TextRemoval(Secret);

        Assert.Same(other, removal.From(other));
        Assert.Equal(0, removal.Occurrences);
    }

    [Fact]
    public void Excerpts_ShowWhatStandsAroundOnceAndWithinBounds()
    {
        var removal = new TextRemoval("Lee");
        var far = new string('x', 100);

        removal.From("She went to Leeds.\n\n She   went home.");
        removal.From("She went to Leeds.\n\n She   went home.");
        removal.From($"{far} Lee {far}");
        removal.From($"{string.Concat(Enumerable.Repeat("😀", 50))}Lee{string.Concat(Enumerable.Repeat("😀", 50))}");

        Assert.Equal("She went to Leeds. She went home.", removal.Excerpts[0]);
        Assert.Equal($"…{new string('x', 39)} Lee {new string('x', 39)}…", removal.Excerpts[1]);
        Assert.Equal($"…{string.Concat(Enumerable.Repeat("😀", 20))}Lee{string.Concat(Enumerable.Repeat("😀", 20))}…", removal.Excerpts[2]);
        Assert.Equal(3, removal.Excerpts.Count);
        for (var i = 0; i < 100; i++)
            removal.From($"Lee {i}");
        Assert.Equal(20, removal.Excerpts.Count);
    }

    [Fact]
    public void From_SentAgain_LeavesTheMarks()
    {
        var removal = new TextRemoval("expunged");

        Assert.Equal("Zoë was [expunged].", removal.From("Zoë was expunged."));
        Assert.Equal("Zoë was [expunged].", removal.From("Zoë was [expunged]."));
        Assert.False(removal.Contains("Zoë was [expunged]."));
    }

    [Theory]
    [InlineData("...")]
    [InlineData("a. - _")]
    [InlineData("e\u0301 \u0301\u0301")]
    public void Of_HardlyASign_IsRefused(string text) =>
        Assert.Equal("text", Assert.Single(Assert.Throws<ApiException>(() => TextRemoval.Of(text)).Fields).Field);

    [Theory]
    [InlineData("fle", "Quiﬄeather", "Qui[expunged]ather")]
    [InlineData("ffl", "ﬄﬄ", "[expunged][expunged]")]
    [InlineData("fff", "ﬀﬀﬀ", "[expunged][expunged]")]
    public void From_PartOfALigature_TakesAllOfIt(string text, string written, string without) =>
        Assert.Equal(without, new TextRemoval(text).From(written));
}
