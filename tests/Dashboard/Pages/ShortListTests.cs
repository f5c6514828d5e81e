using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Pages;

/// <summary>Long lists are short at first: what is new, and what needs attention.</summary>
public sealed class ShortListTests(Chromium chromium, SampleSuite suite)
{
    [Fact]
    public async Task Differences_ByKindAndWithEveryText_ShowWhatWasAskedFor()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        var page = tab.Page;
        await tab.GoAsync("/differences?plan=sample&period=2018-10");
        var rows = page.Locator(".theme-changes .attend > li");
        await Expect(rows).ToHaveCountAsync(17);
        await Expect(page.Locator("ins:visible")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Status 6" }).ClickAsync();

        await Expect(rows).ToHaveCountAsync(6);
        var v3 = rows.First;
        await Expect(v3.Locator(".turn .status")).ToHaveTextAsync(["RRed", "AAmber"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show every text" }).ClickAsync();
        await Expect(v3.Locator("ins").First).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("differences-open-1440");
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Differences_OnPaper_ShowTheirTexts()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        await tab.GoAsync("/differences?plan=sample&period=2018-10");
        await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await Expect(tab.Page.Locator(".theme-changes ins").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Attention_WhatIsOnlyToBeChecked_StandsBehindItsReason()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        var page = tab.Page;
        await tab.GoAsync("/attention?plan=sample&period=2018-10");
        await Expect(page.Locator(".attend > li")).ToHaveCountAsync(3);
        var copied = page.Locator("details", new() { HasText = "The narrative is that of the report before." });
        await Expect(copied.Locator("li").First).ToBeHiddenAsync();
        await copied.Locator("summary").ClickAsync();

        await Expect(copied.Locator("li")).ToHaveCountAsync(16);
        await Expect(copied.Locator("li").First).ToBeVisibleAsync();
        tab.AssertNoErrors();
    }
}
