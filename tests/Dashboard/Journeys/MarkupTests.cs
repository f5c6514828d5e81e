using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>What looks like markup in a plan is text on its pages.</summary>
public sealed class MarkupTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Text_WithMarkup_IsShownAsText()
    {
        const string Markup = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>";
        await ImportAsync("markup", $"Theme,Ref,Priority action,Key delivery activities\n{Markup},V1,{Markup},{Markup}\n");
        await using var tab = await OpenAsync();
        foreach (var address in new[] { "/", "/grid", "/actions/V1", "/round", "/heatmap", "/attention" })
        {
            await tab.GoAsync($"{address}?plan=markup");

            Assert.Equal(0, await tab.Page.Locator("main script, main img").CountAsync());
            Assert.Null(await tab.Page.EvaluateAsync<int?>("window.hit ?? null"));
        }

        await tab.GoAsync("/actions/V1?plan=markup");
        await Expect(tab.Page.Locator("h1")).ToContainTextAsync("<script>window.hit = 1</script>");
        tab.AssertNoErrors();
    }
}
