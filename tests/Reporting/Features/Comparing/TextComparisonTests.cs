using CsCheck;
using PlanServices.Reporting.Features.Comparing;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using Kind = PlanServices.Reporting.V1.TextRun.Types.Kind;

namespace PlanServices.Reporting.Tests.Features.Comparing;

public class TextComparisonTests
{
    private static readonly string[] Parts = ["The panel met.", "The", " ", "\n", "panel", " met twice", ", and", " https://a.example/x", "\ud83d\ude00"];

    private static readonly Gen<string> Text = Gen.OneOf(
        UnicodeText.WithLoneSurrogates,
        Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]).Array[0, 30].Select(string.Concat));

    [Fact]
    public void Of_AnyTwoTexts_IsBothOfThem() => Gen.Select(Text, Text).Sample((before, after) =>
    {
        var runs = TextComparison.Of(before, after);

        Assert.Equal(after, Joined(runs, Kind.Deleted));
        Assert.Equal(before, Joined(runs, Kind.Inserted));
        Assert.DoesNotContain(runs, r => r.Text.Length == 0);
        Assert.DoesNotContain(runs.Zip(runs.Skip(1)), p => p.First.Kind == p.Second.Kind);
    });

    [Fact]
    public void Of_SentenceAtTheEnd_IsTheOnlyNewThing() => Assert.Equal(
        [(Kind.Equal, "The panel met."), (Kind.Inserted, " It meets again in May.")],
        TextComparison.Of("The panel met.", "The panel met. It meets again in May.").Select(r => (r.Kind, r.Text)));

    [Fact]
    public void Of_WordsThatAllChangedButOne_IsOneChange() => Assert.Equal(
        [(Kind.Deleted, "One new beat"), (Kind.Inserted, "Three new patrols")],
        TextComparison.Of("One new beat", "Three new patrols").Select(r => (r.Kind, r.Text)));

    [Theory]
    // What is between < and > is new, what is between [ and ] is gone.
    [InlineData("The desk is open.\nThe rota is full.", "The desk is open.\nTwo posts are full.\nThe rota is full.", "The desk is open.\n<Two posts are full.\n>The rota is full.")]
    [InlineData("It met.", "It met. It will meet. It met.", "It met.< It will meet. It met.>")]
    [InlineData("Old news. The panel met. The panel voted.", "Old news. The panel voted.", "Old news. [The panel met. ]The panel voted.")]
    // An address is one word: half of one leads nowhere.
    [InlineData("See http://a.example/2017/paper.pdf.", "See http://a.example/2018/paper.pdf.", "See [http://a.example/2017/paper.pdf]<http://a.example/2018/paper.pdf>.")]
    [InlineData("the grant of the fund", "the grant of the county of the fund", "the grant of the <county of the >fund")]
    public void Of_ChangeThatCouldBeginAtSeveralPlaces_BeginsWhereASentenceOrWordDoes(string before, string after, string marked) => Assert.Equal(
        marked,
        string.Concat(TextComparison.Of(before, after).Select(r => r.Kind switch
        {
            Kind.Inserted => $"<{r.Text}>",
            Kind.Deleted => $"[{r.Text}]",
            _ => r.Text,
        })));

    [Fact]
    public void Of_LongTexts_AreComparedByLine()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"Line {i} of it"));

        var runs = TextComparison.Of(before, $"{before}\nand one more");

        Assert.Contains("and one more", Assert.Single(runs, r => r.Kind == Kind.Inserted).Text, StringComparison.Ordinal);
    }

    private static string Joined(IEnumerable<TextRun> runs, Kind without) => string.Concat(runs.Where(r => r.Kind != without).Select(r => r.Text));
}
