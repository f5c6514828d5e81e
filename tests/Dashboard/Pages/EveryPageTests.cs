using Microsoft.Playwright;
using Xunit;

namespace PlanServices.Dashboard.Tests.Pages;

/// <summary>What holds on every page: no barrier that axe finds, no error, room on a telephone and at 200 % zoom.</summary>
public sealed class EveryPageTests(Chromium chromium, SampleSuite suite)
{
    public static TheoryData<string, string> Addresses { get; } = new()
    {
        { "overview", "/" },
        { "grid", "/grid" },
        { "grid-filtered", "/grid?status=amber&sort=direction" },
        { "grid-empty", "/grid?q=nosuchword" },
        { "action", "/actions/V3" },
        { "parent-action", "/actions/O2" },
        { "unknown-action", "/actions/X99" },
        { "unknown-partner", "/partners/nobody" },
        { "unknown-plan", "/?plan=nosuch" },
        { "unknown-period", "/grid?plan=sample&period=1999-01" },
        { "attention", "/attention" },
        { "heatmap", "/heatmap" },
        { "heatmap-12", "/heatmap?periods=12" },
        { "round", "/round" },
        { "import", "/import" },
        { "partners", "/partners" },
        { "partner", "/partners/cambridgeshire-constabulary" },
        { "reports", "/reports" },
        { "differences", "/differences" },
        { "remove-text", "/remove-text" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Page_InLightAndDark_HasNoBarrierAndNoError(string name, string address)
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        await tab.GoAsync(address);

        await tab.AssertNoBarrierAsync($"{name}-1440");
        Assert.NotEmpty(await tab.Page.TitleAsync());
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveCountAsync(1);
        // Chromium reports the answer 404 itself.
        if (!name.StartsWith("unknown", StringComparison.Ordinal))
            tab.AssertNoErrors();
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
        await tab.AssertNoBarrierAsync("no-page-1440");
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
