using Microsoft.Playwright;
using Xunit;

namespace PlanServices.Dashboard.Tests.Pages;

/// <summary>The two pictures in README, left in artifacts/pages; docs/guides/dashboard.md says how they come into docs/images.</summary>
public sealed class ReadmePictures(Chromium chromium, SampleSuite suite)
{
    private const int Largest = 300_000;

    [Theory]
    [InlineData("overview", "/", ".live.on", true)]
    [InlineData("grid", "/grid?theme=offenders", "h1", false)]
    public async Task Picture_OfThePage_IsSmall(string name, string address, string there, bool whole)
    {
        await using var tab = await chromium.OpenAsync(suite.Address, width: 1440, height: 960);
        await tab.GoAsync(address);
        await tab.Page.Locator(there).WaitForAsync();
        var picture = await tab.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artefacts.Folder, $"readme-{name}.png"), FullPage = whole });

        Assert.InRange(picture.Length, 10_000, Largest);
    }
}
