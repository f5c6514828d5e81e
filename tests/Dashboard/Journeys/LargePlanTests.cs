using System.Diagnostics;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>A plan of 2,000 leaves stays fluid.</summary>
public sealed class LargePlanTests(Chromium chromium) : Journey(chromium)
{
    private static readonly string[] Themes = ["Victims", "Offenders", "Communities", "Transformation"];

    [Fact]
    public async Task Overview_WithTwoThousandLeaves_IsPaintedSoon()
    {
        var rows = Enumerable.Range(1, 2000).Select(i =>
            $"{Themes[i % 4]},{Themes[i % 4][0]}{i},Action number {i} of the plan,Lead {i % 40},What was done about {i}. {new string('x', 300)},{(i % 3 == 0 ? "Green" : "Amber")},Because,No change");
        await ImportAsync("large", $"Theme,Ref,Priority action,Delivery lead,Key delivery activities,Status,Status reason,Direction of travel\n{string.Join('\n', rows)}\n");
        await MorePeriodsAsync("large", 11);
        await using var tab = await OpenAsync();
        await tab.GoAsync("/?plan=large");
        await Expect(tab.Page.GetByText("2,000 actions report")).ToBeVisibleAsync();

        await tab.Page.ReloadAsync();
        await tab.Page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        var paint = await tab.Page.EvaluateAsync<double>(
            "() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        TestContext.Current.SendDiagnosticMessage($"First contentful paint of the overview with 2,000 leaves: {paint:F0} ms");
        TestContext.Current.TestOutputHelper?.WriteLine($"First contentful paint of the overview with 2,000 leaves: {paint:F0} ms");

        await tab.GoAsync("/grid?plan=large");
        await Expect(tab.Page.GetByText("All 2,000 actions")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".grid .body [role=row]").First).ToBeVisibleAsync();
        Assert.InRange(await tab.Page.Locator(".grid .body [role=row]").CountAsync(), 5, 100);
        // What is not in sight has an estimated height, so the end moves while it is approached.
        await tab.Page.WaitForFunctionAsync(
            "() => { window.scrollTo(0, document.body.scrollHeight); return document.querySelector('.grid .body [aria-rowindex=\"2005\"]') !== null; }");

        await HeatmapAsync(tab);
        tab.AssertNoErrors();
    }

    private async Task MorePeriodsAsync(string plan, int count)
    {
        var plans = new PlanService.PlanServiceClient(Server.Channel);
        for (var month = new DateOnly(2019, 1, 1); count > 0; month = month.AddMonths(3), count--)
        {
            await plans.CreatePeriodAsync(
                new CreatePeriodRequest { Parent = $"plans/{plan}", PeriodId = $"{month:yyyy-MM}", Period = new Period() }, cancellationToken: Deadline.Token);
        }
    }

    private static async Task HeatmapAsync(Tab tab)
    {
        var clock = Stopwatch.StartNew();
        await tab.GoAsync("/heatmap?plan=large&periods=12");
        await Expect(tab.Page.Locator(".heat tbody .ref").First).ToBeVisibleAsync();
        var shown = clock.ElapsedMilliseconds;
        Assert.InRange(await tab.Page.Locator(".heat tbody tr").CountAsync(), 5, 120);
        Assert.Equal(1440, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await tab.PictureAsync("heatmap-large-1440");
        clock.Restart();
        await tab.Page.WaitForFunctionAsync(
            "() => { const box = document.querySelector('.scroll.tall'); box.scrollTo(0, box.scrollHeight); const last = [...box.querySelectorAll('.ref')].at(-1)?.getBoundingClientRect(); return box.scrollTop > 50000 && last !== undefined && last.top > 0 && last.bottom <= box.getBoundingClientRect().bottom; }");
        TestContext.Current.TestOutputHelper?.WriteLine($"Heatmap of 2,000 leaves and 12 periods: shown after {shown} ms, at its end {clock.ElapsedMilliseconds} ms after it was scrolled there");
    }
}
