using Microsoft.Playwright;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>What opens over a page has no barrier either, and what could not be done says so.</summary>
public sealed class DialogTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Dialogs_OfALockedAndPublishedPeriod_HaveNoBarrier()
    {
        await new PlanService.PlanServiceClient(Server.Channel).LockPeriodAsync(
            new LockPeriodRequest { Name = "plans/sample/periods/2018-10" }, cancellationToken: Deadline.Token);
        var reports = new ReportService.ReportServiceClient(Server.Channel);
        var report = await reports.PublishReportAsync(new PublishReportRequest { Parent = "plans/sample", Period = "2018-10" }, cancellationToken: Deadline.Token);
        await using var tab = await OpenAsync();
        var page = tab.Page;

        await tab.GoAsync("/round?plan=sample&period=2018-10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reopen…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("dialog-reopen");

        await tab.GoAsync("/reports?plan=sample&period=2018-10");
        await tab.PictureAsync("reports-published-1440");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("dialog-withdraw");

        // Somebody else was faster.
        await reports.WithdrawReportAsync(new WithdrawReportRequest { Name = report.Name, Reason = "A slip." }, cancellationToken: Deadline.Token);
        await page.GetByLabel("Why?").FillAsync("A slip in V3.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).ClickAsync();
        await Expect(page.Locator(".mud-snackbar")).ToContainTextAsync("That is not possible now.");
        await Expect(page.Locator(".chip", new() { HasText = "Withdrawn" })).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("snackbar-error");
        tab.AssertNoErrors();
    }
}
