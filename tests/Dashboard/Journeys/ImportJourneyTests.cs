using System.Text;
using Microsoft.Playwright;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>A paper comes into a plan through the page.</summary>
public sealed class ImportJourneyTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Import_RealPaperThroughThePage_ShowsItsRowsBeforeAndAfter()
    {
        var paper = Papers.October2018;
        await using var tab = await OpenAsync();
        await tab.GoAsync("/import");
        await tab.Page.GetByLabel("Plan's id").FillAsync("cambridgeshire-2017");
        await tab.Page.GetByLabel("Period, year and month").FillAsync("2018-10");
        var file = tab.Page.GetByLabel("Drop the file here, or choose it");
        await Expect(file).ToBeEnabledAsync();
        await file.SetInputFilesAsync(paper);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "What would be stored: 44 rows" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".preview tbody tr")).ToHaveCountAsync(44);
        Assert.Empty(await UpdatesAsync("cambridgeshire-2017"));
        await tab.AssertNoBarrierAsync("journey-import-preview");
        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Repairs and doubts" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Repairs and doubts" })).ToBeVisibleAsync();
        var doubt = tab.Page.Locator("details", new() { HasText = "The cell holds no status that could be read" });
        await Expect(doubt.Locator("tbody tr").First).ToBeHiddenAsync();
        await doubt.Locator("summary").ClickAsync();
        await Expect(doubt.Locator("tbody tr").First).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("journey-import-doubts");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Store it" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Stored: 44 rows" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the grid" }).ClickAsync();

        await Expect(tab.Page.GetByText("All 44 actions")).ToBeVisibleAsync();
        Assert.Equal(44, (await UpdatesAsync("cambridgeshire-2017")).Count);

        // The paper's colours are not in its text; the pages say what is missing and where to go.
        await tab.GoAsync("/differences?plan=cambridgeshire-2017");
        await Expect(tab.Page.GetByText("There is nothing to compare with")).ToBeVisibleAsync();
        await tab.GoAsync("/?plan=cambridgeshire-2017");
        await Expect(tab.Page.GetByText("44 actions have no status yet")).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("journey-import-overview");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Go to them" }).ClickAsync();
        await Expect(tab.Page.GetByText("All 44 actions")).ToBeVisibleAsync();
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Import_StoredByMistake_IsUndoneUnlessSomethingWasBuiltOnIt()
    {
        await using var tab = await OpenAsync();
        var page = tab.Page;
        var undo = page.GetByRole(AriaRole.Button, new() { Name = "Undo it…" });
        await tab.GoAsync("/import?plan=sample");
        await StoreAsync(page, "county");
        var progress = new ProgressService.ProgressServiceClient(Server.Channel);
        await progress.ReturnProgressUpdateAsync(
            new ReturnProgressUpdateRequest { Name = "plans/county/actions/V1/updates/2019-01", Reason = "Say more." }, cancellationToken: Deadline.Token);
        await undo.ClickAsync();
        await Expect(page.Locator("main .problem")).ToContainTextAsync("The update of V1 for 2019-01 was changed after the import.");
        await tab.AssertNoBarrierAsync("journey-import-not-undone");

        await tab.GoAsync("/import?plan=sample");
        await StoreAsync(page, "borough");
        await Expect(page.Locator("#preview")).ToBeFocusedAsync();
        await undo.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("It removes 1 update, 1 action, 1 theme and 1 period.");
        await tab.AssertNoBarrierAsync("journey-import-undo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo it", Exact = true }).ClickAsync();
        await Expect(page.Locator("#undone")).ToBeFocusedAsync();
        await Expect(page.GetByText("It removed 1 update, 1 action, 1 theme and 1 period.")).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("journey-import-undone");
        Assert.Empty(await UpdatesAsync("borough"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin again" }).ClickAsync();
        await Expect(page.GetByLabel("Drop the file here, or choose it")).ToBeFocusedAsync();
        await Expect(page.Locator("#undone")).ToHaveCountAsync(0);
        tab.AssertNoErrors();
    }

    private static async Task StoreAsync(IPage page, string plan)
    {
        await page.GetByLabel("Plan's id").FillAsync(plan);
        await page.GetByLabel("Period, year and month").FillAsync("2019-01");
        var file = page.GetByLabel("Drop the file here, or choose it");
        await Expect(file).ToBeEnabledAsync();
        await file.SetInputFilesAsync(new FilePayload
        {
            Name = "grid.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("Theme,Ref,Priority action,Key delivery activities,Status\nVictims,V1,Answer calls,We rang twice.,Green\n"),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Store it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Stored: 1 row", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_BeforeItListens_TakesNoFile()
    {
        using var browser = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        var page = await browser.GetStringAsync(new Uri("/import", UriKind.Relative), Deadline.Token);
        Assert.Matches("<input[^>]*id=\"grid-file\"[^>]* disabled", page);
    }
}
