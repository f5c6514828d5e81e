using Microsoft.Playwright;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>A round from its opening to its report.</summary>
public sealed class RoundJourneyTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Round_ReturnFixApproveLockPublishDownload_GoesToItsEnd()
    {
        await using var tab = await OpenAsync();
        var page = tab.Page;
        await tab.GoAsync("/actions/V3?plan=sample&period=2018-10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Return… V3" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Return", Exact = true }).ClickAsync();
        await Expect(page.GetByText("A reason is needed")).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("journey-return");
        await page.GetByLabel("What is to be put right?").FillAsync("Say which teams <b>now</b>.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Return", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Sent back: Say which teams <b>now</b>.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await tab.AssertNoBarrierAsync("journey-editor");
        await page.GetByLabel("Why it is red, amber or not rated").FillAsync("Two teams: north and east.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve V3" }).ClickAsync();
        await Expect(page.Locator(".chip.approved").First).ToBeVisibleAsync();

        await tab.GoAsync("/round?plan=sample&period=2018-10");
        await tab.PictureAsync("journey-round");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve all" }).ClickAsync();
        await tab.AssertNoBarrierAsync("journey-approve-all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Nothing waits for approval.")).ToBeVisibleAsync();
        // On the next page, by the same connection, nothing is older than what was just written.
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sample plan");
        await Expect(page.Locator("dt", new() { HasText = "Approved" }).Locator("+ dd")).ToHaveTextAsync("44");
        await page.GetByRole(AriaRole.Link, new() { Name = "Round", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Round of October 2018");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock the period" }).ClickAsync();
        await tab.AssertNoBarrierAsync("journey-lock");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reopen…" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Publish a report" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true })).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("journey-publish");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).Last.ClickAsync());
        Assert.Contains("Two teams: north and east.", await File.ReadAllTextAsync(await download.PathAsync(), Deadline.Token), StringComparison.Ordinal);

        var updates = await UpdatesAsync("sample");
        Assert.Equal(44, updates.Count(u => u.State == ProgressUpdate.Types.State.Approved));
        Assert.Equal("Two teams: north and east.", updates.Single(u => u.Name.Contains("/V3/", StringComparison.Ordinal)).StatusReason);
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Round_OpenedOnThePage_NamesWhatIsWrongAndThenIsThere()
    {
        await using var tab = await OpenAsync();
        var page = tab.Page;
        await tab.GoAsync("/round?plan=sample");
        await page.GetByText("Open the next round").ClickAsync();
        await page.GetByLabel("Period, year and month").FillAsync("2019-13");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the round" }).ClickAsync();
        await Expect(page.Locator("#round-id-wrong")).Not.ToBeEmptyAsync();

        await page.GetByLabel("Period, year and month").FillAsync("2019-02");
        await page.GetByLabel("Leads are asked on").FillAsync("2019-02-20");
        await page.GetByLabel("Updates are due by").FillAsync("2019-02-10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the round" }).ClickAsync();
        await Expect(page.Locator("#round-due-wrong")).ToContainTextAsync("before the opening date");
        await tab.AssertNoBarrierAsync("journey-open-round");

        await page.GetByLabel("Updates are due by").FillAsync("2019-03-10");
        await page.GetByLabel("Meeting that reads the report").FillAsync("Business Coordination Board");
        await page.GetByLabel("Day of the meeting").FillAsync("2019-03-21");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the round" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Round of February 2019");
        await Expect(page.GetByText("Updates are due 10 March 2019.")).ToBeVisibleAsync();
        await Expect(page.GetByText("The report goes to Business Coordination Board, 21 March 2019.")).ToBeVisibleAsync();

        // All that have not reported are named, on a telephone too.
        await page.SetViewportSizeAsync(390, 844);
        await tab.GoAsync("/differences?plan=sample&period=2019-02");
        await Expect(page.Locator(".note .ref")).ToHaveCountAsync(44);
        await tab.PictureAsync("journey-differences-390");
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Round_OpenedByMistake_IsDeletedUnlessSomebodyWroteInIt()
    {
        var plans = new PlanService.PlanServiceClient(Server.Channel);
        await plans.CreatePeriodAsync(
            new CreatePeriodRequest { Parent = "plans/sample", PeriodId = "2091-01", Period = new Period() }, cancellationToken: Deadline.Token);
        await using var tab = await OpenAsync();
        var page = tab.Page;
        await tab.GoAsync("/round?plan=sample&period=2018-10");
        await page.GetByText("Opened by mistake?").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete October 2018…" }).ClickAsync();
        await Expect(page.Locator("main .problem")).ToContainTextAsync("44 updates were written in it");
        await tab.AssertNoBarrierAsync("round-not-deletable");

        await tab.GoAsync("/round?plan=sample&period=2091-01");
        await page.GetByText("Opened by mistake?").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete January 2091…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("drafts that were carried over into it go with it");
        await tab.AssertNoBarrierAsync("round-delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Round of October 2018");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Expect(page.Locator(".mud-snackbar")).ToContainTextAsync("January 2091 is deleted.");
        await Expect(page).ToHaveURLAsync(new Uri(Server.Http.BaseAddress!, "/round?plan=sample").ToString());

        // The last one of a plan.
        await plans.CreatePlanAsync(
            new CreatePlanRequest { PlanId = "young", Plan = new Plan { DisplayName = "Young plan" } }, cancellationToken: Deadline.Token);
        await plans.CreatePeriodAsync(
            new CreatePeriodRequest { Parent = "plans/young", PeriodId = "2091-01", Period = new Period() }, cancellationToken: Deadline.Token);
        await tab.GoAsync("/round?plan=young");
        await page.GetByText("Opened by mistake?").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete January 2091…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Nothing is written in it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.GetByText("There is no period to show")).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await tab.AssertNoBarrierAsync("round-none-left");
        tab.AssertNoErrors();
    }
}
