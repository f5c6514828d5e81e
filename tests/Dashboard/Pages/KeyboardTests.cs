using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Pages;

/// <summary>Whoever has no mouse gets everywhere, in the order of the page.</summary>
public sealed class KeyboardTests(Chromium chromium, SampleSuite suite)
{
    private const string Focused = """
        () => {
          const e = document.activeElement, box = e.getBoundingClientRect(), head = document.querySelector('header.top').getBoundingClientRect();
          const hidden = e.closest('main') && box.bottom <= head.bottom || box.top >= innerHeight;
          return (hidden ? 'hidden ' : '') + (e.getAttribute('name') ?? e.textContent.trim().split('\n')[0]);
        }
        """;

    [Fact]
    public async Task Tab_FromTheTopOfTheGrid_ReachesSkipLinkPagesFilterAndRowsInThisOrder()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        await tab.GoAsync("/grid?plan=sample&period=2018-10");
        var reached = new List<string>();
        while (!reached.Contains("V1.1") && reached.Count < 60)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            reached.Add(await tab.Page.EvaluateAsync<string>(Focused));
        }

        string[] wanted = ["Skip to the content", "PlanServices", "plan", "period", "Overview", "Reports", "Word", "q", "theme", "status", "V1.1"];
        Assert.Equal(wanted, reached.Where(wanted.Contains));
        Assert.Equal("Skip to the content", reached[0]);
        Assert.DoesNotContain(reached, r => r.StartsWith("hidden", StringComparison.Ordinal));
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Enter_OnSkipLink_GoesToTheContent()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        await tab.GoAsync("/grid");
        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab.Page.Locator(".skip")).ToBeInViewportAsync();
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.Locator("#main")).ToBeFocusedAsync();
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task EnterAndEscape_OpenAnActionAndADialogAndGiveTheFocusBack()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        var page = tab.Page;
        await tab.GoAsync("/grid?plan=sample&period=2018-10");
        await page.GetByRole(AriaRole.Link, new() { Name = "V3", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Return… V3" })).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();

        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Return… V3" });
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.Locator("textarea")).ToBeFocusedAsync();
        // It keeps the focus within itself.
        for (var i = 0; i < 5; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await dialog.EvaluateAsync<bool>("d => d.contains(document.activeElement)"));
        }

        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
        tab.AssertNoErrors();
    }
}
