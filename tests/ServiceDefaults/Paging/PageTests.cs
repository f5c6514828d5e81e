using CsCheck;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Paging;

public class PageTests
{
    [Theory]
    [InlineData(0, 50)]
    [InlineData(7, 7)]
    [InlineData(1000, 1000)]
    [InlineData(100_000, 1000)]
    public void Of_PageSize_IsBounded(int asked, int size) => Assert.Equal(size, Page.Of(asked, "", "List").Size);

    [Fact]
    public void TokenAfter_AnyKey_ComesBack() => UnicodeText.Any.Where(k => k.Length > 0).Sample(key =>
        Page.Of(1, Page.Of(1, "", "List", "plans/x").TokenAfter(key), "List", "plans/x").After == key);

    [Fact]
    public void Of_TokenForOtherArguments_Refused() => Gen.Select(UnicodeText.Any, UnicodeText.Any).Where((a, b) => a != b).Sample((a, b) =>
        Assert.Throws<ApiException>(() => Page.Of(1, Page.Of(1, "", "List", a).TokenAfter("k"), "List", b)));

    [Fact]
    public void Of_AnyText_RefusedAndNothingElseThrown() => UnicodeText.WithLoneSurrogates.Where(t => t.Length > 0).Sample(token =>
        Assert.Throws<ApiException>(() => Page.Of(1, token, "List")));

    [Fact]
    public void Cut_OneMoreThanThePage_HasToken()
    {
        var page = Page.Of(2, "", "List");

        Assert.Equal((2, page.TokenAfter("b")), Counted(page.Cut(["a", "b", "c"], s => s)));
        Assert.Equal((2, ""), Counted(page.Cut(["a", "b"], s => s)));
        Assert.Equal((0, ""), Counted(page.Cut([], (string s) => s)));
    }

    private static (int Count, string Token) Counted((IReadOnlyList<string> Entries, string Token) cut) => (cut.Entries.Count, cut.Token);
}
