using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace PlanServices.Dashboard.Tests.Pages;

/// <summary>What holds on every page: no barrier that axe finds, no error, room on a telephone and at 200 % zoom.</summary>
public sealed class EveryPageTests(Chromium chromium, SampleSuite suite)
{
    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    public static TheoryData<string, string> Addresses { get; } = new()
    {
        { "overview", "/" },
        { "grid", "/grid" },
        { "grid-filtered", "/grid?status=amber&sort=direction" },
        { "grid-empty", "/grid?q=nosuchword" },
        { "action", "/actions/V3" },
        { "parent-action", "/actions/O2" },
        { "unknown-action", "/actions/X99" },
        { "attention", "/attention" },
        { "heatmap", "/heatmap" },
        { "heatmap-12", "/heatmap?periods=12" },
        { "round", "/round" },
        { "import", "/import" },
        { "partners", "/partners" },
        { "partner", "/partners/cambridgeshire-constabulary" },
        { "reports", "/reports" },
        { "differences", "/differences" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Page_InLightAndDark_HasNoBarrierAndNoError(string name, string address)
    {
        foreach (var dark in new[] { false, true })
        {
            await using var tab = await chromium.OpenAsync(suite.Address, dark);
            await tab.GoAsync(address);
            await tab.PictureAsync($"{name}-1440{(dark ? "-dark" : "")}");

            var found = await tab.Page.RunAxe(Wcag);

            Assert.Empty(found.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
            // Chromium reports the answer 404 itself.
            if (!name.StartsWith("unknown", StringComparison.Ordinal))
                tab.AssertNoErrors();
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Page_OnATelephoneAndAtDoubleZoom_FitsItsWidth(string name, string address)
    {
        foreach (var width in new[] { 390, 720 })
        {
            await using var tab = await chromium.OpenAsync(suite.Address, width: width, height: 844);
            await tab.GoAsync(address);
            await tab.PictureAsync($"{name}-{width}");

            Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [Fact]
    public async Task Page_ThatIsNotThere_SaysSo()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        var answer = await tab.Page.GotoAsync("/no/such/page");

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("There is no such page");
        Assert.Empty((await tab.Page.RunAxe(Wcag)).Violations);
    }

    [Fact]
    public async Task Keyboard_FromTheTop_SkipsToTheContentAndReachesThePages()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        await tab.GoAsync("/grid");
        // A page that was just loaded has its focus on the heading; the keyboard begins at the top.
        await tab.Page.EvaluateAsync("document.activeElement.blur()");
        await tab.Page.Locator(".skip").FocusAsync();

        await Assertions.Expect(tab.Page.Locator(".skip")).ToBeInViewportAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#main")).ToBeFocusedAsync();
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Theme_Chosen_IsKeptAcrossPages()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        await tab.GoAsync("/");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        await tab.GoAsync("/grid");

        await Assertions.Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }
}
