using System.Collections.Concurrent;
using Microsoft.Playwright;
using PlanServices.Actions.V1;
using PlanServices.EndToEnd.Tests;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>A text that must not be kept is removed for good, by somebody who saw before where it stands.</summary>
public sealed class RemoveTextTests(Chromium chromium) : Journey(chromium)
{
    private const string Secret = "Quillfeather";
    private const string Address = "/remove-text?plan=county";

    [Fact]
    public async Task RemoveText_TriedConfirmedAndRemoved_NamesTheReportThatKeepsIt()
    {
        await PublishedAsync();
        await using var tab = await OpenAsync();
        var page = tab.Page;
        await tab.GoAsync(Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "See where it stands" }).ClickAsync();
        await Expect(page.Locator("#removed-text-wrong")).ToContainTextAsync("3 to 1,000 characters");
        await tab.AssertNoBarrierAsync("remove-text-wrong");

        await WriteAsync(page, Secret, $"The name {Secret} is a victim's.");
        await Expect(page.Locator("#removed-reason-wrong")).ToContainTextAsync("It has the text itself");
        await WriteAsync(page, Secret, "A victim's name.");
        await Expect(page.Locator("#findings")).ToBeFocusedAsync();
        await Expect(page.Locator("section[aria-labelledby=findings] [role=status]")).ToContainTextAsync("in the directory's review list");
        // Around each place once: what is short stands whole in both.
        await Expect(page.Locator("del")).ToHaveTextAsync(["Quillfeather", "Quillfeather", "Quillfeathers", "Quillfeather", "Quillfeathers"]);
        await Expect(page.Locator("ins").Nth(2)).ToHaveTextAsync("[expunged]s");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "The update of V1 for 2018-10" })).ToHaveAttributeAsync("href", "/actions/V1?plan=county&period=2018-10");
        await Expect(page.GetByText("No. 1: October 2018, for Board")).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("remove-text-found");
        await page.SetViewportSizeAsync(390, 844);
        await tab.AssertNoBarrierAsync("remove-text-found-390");
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.SetViewportSizeAsync(1440, 1000);

        // Another text was not tried: it cannot be removed.
        await page.GetByLabel("Text to remove").FillAsync("Quill");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove it for good" })).ToHaveCountAsync(0);
        await WriteAsync(page, Secret, "A victim's name.");
        var remove = page.GetByRole(AriaRole.Button, new() { Name = "Remove it for good" });
        await remove.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Nobody can bring it back");
        await tab.AssertNoBarrierAsync("remove-text-sure");
        await page.Keyboard.PressAsync("Escape");
        await Expect(remove).ToBeFocusedAsync();
        Assert.Contains(await UpdatesAsync("county"), u => u.Narrative.Contains(Secret, StringComparison.Ordinal));

        await remove.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it", Exact = true }).ClickAsync();
        await Expect(page.Locator("#findings")).ToHaveTextAsync("It is removed for good");
        await Expect(page.Locator("#findings")).ToBeFocusedAsync();
        await Expect(page.GetByText("No. 1: October 2018, for Board")).ToBeVisibleAsync();
        // What is gone stands on no screen either.
        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        await Expect(page.GetByLabel("Text to remove")).ToHaveValueAsync("");
        await tab.AssertNoBarrierAsync("remove-text-done");
        Assert.DoesNotContain(Secret, page.Url + await page.TitleAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("We rang [expunged] in May and then all the [expunged]s twice.", (await UpdatesAsync("county")).Select(u => u.Narrative));

        await WriteAsync(page, Secret, "A victim's name.");
        await Expect(page.Locator("#findings")).ToHaveTextAsync("It is not found");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Finish a removal that broke off" })).ToBeVisibleAsync();
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task RemoveText_WhileTheServicesAreAway_SaysThatItMayBeDoneInPartAndIsSentAgain()
    {
        using var folder = new TemporaryFolder();
        var services = await StandaloneProcess.StartAsync(folder.Path, sample: true);
        var log = new ConcurrentQueue<string>();
        await using var pages = await DashboardProcess.StartAsync(services, log.Enqueue);
        await using var tab = await Chromium.OpenAsync(pages.Http);
        var page = tab.Page;
        await tab.GoAsync("/remove-text?plan=sample");
        await WriteAsync(page, "Constabulary", "Only to see it go.");
        await Expect(page.Locator("#findings")).ToContainTextAsync("It stands");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it for good" }).ClickAsync();
        var (http, grpc) = (services.Http.BaseAddress!.Port, services.Grpc.Port);
        await services.DisposeAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it", Exact = true }).ClickAsync();
        await Expect(page.GetByText("It may be done in part.")).ToBeVisibleAsync();
        // What the head covers where the page is scrolled to is too small for axe.
        await page.EvaluateAsync("scrollTo(0, 0)");
        await tab.AssertNoBarrierAsync("remove-text-in-part");

        await using var again = await StandaloneProcess.StartAsync(folder.Path, sample: true, httpPort: http, grpcPort: grpc);
        // Services that were started anew know no token of before; the pages get another when one is refused.
        using var reader = new HttpClient { BaseAddress = pages.Http };
        await reader.GetAsync(new Uri("/", UriKind.Relative), Deadline.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator("#findings")).ToHaveTextAsync("It is removed for good");
        Assert.Contains(log, l => l.Contains("PlanService/Expunge", StringComparison.Ordinal));
        Assert.DoesNotContain(log, l => l.Contains("Constabulary", StringComparison.OrdinalIgnoreCase));
        tab.AssertNoErrors();
    }

    private static async Task WriteAsync(IPage page, string text, string reason)
    {
        await page.GetByLabel("Text to remove").FillAsync(text);
        await page.GetByLabel("Why? This stays in the history").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { Name = "See where it stands" }).ClickAsync();
    }

    private async Task PublishedAsync()
    {
        await ImportAsync(
            "county",
            $"Theme,Ref,Priority action,Delivery lead,Key delivery activities,Status\nVictims,V1,Answer calls,{Secret},We rang {Secret} in May and then all the {Secret}s twice.,Green\n");
        await new PlanService.PlanServiceClient(Server.Channel).LockPeriodAsync(
            new LockPeriodRequest { Name = "plans/county/periods/2018-10" }, cancellationToken: Deadline.Token);
        await new ReportService.ReportServiceClient(Server.Channel).PublishReportAsync(
            new PublishReportRequest { Parent = "plans/county", Period = "2018-10" }, cancellationToken: Deadline.Token);
    }
}
