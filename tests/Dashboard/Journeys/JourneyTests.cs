using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Playwright;
using PlanServices.Actions.V1;
using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>What people do with the pages, from one end to the other.</summary>
public sealed class JourneyTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string[] Themes = ["Victims", "Offenders", "Communities", "Transformation"];

    private readonly TemporaryFolder _folder = new();
    private StandaloneProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await StandaloneProcess.StartAsync(_folder.Path, sample: true);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Import_RealPaperThroughThePage_ShowsItsRowsBeforeAndAfter()
    {
        var paper = Papers.October2018;
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
        await tab.GoAsync("/import");
        await tab.Page.GetByLabel("Plan's id").FillAsync("cambridgeshire-2017");
        await tab.Page.GetByLabel("Period, year and month").FillAsync("2018-10");
        await tab.Page.GetByLabel("Drop the file here, or choose it").SetInputFilesAsync(paper);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "What would be stored: 44 rows" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".preview tbody tr")).ToHaveCountAsync(44);
        Assert.Empty(await UpdatesAsync("cambridgeshire-2017"));
        await tab.AssertNoBarrierAsync("journey-import-preview");
        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Repairs and doubts" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Repairs and doubts" })).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("journey-import-doubts");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Store it" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Stored: 44 rows" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the grid" }).ClickAsync();

        await Expect(tab.Page.GetByText("All 44 actions")).ToBeVisibleAsync();
        Assert.Equal(44, (await UpdatesAsync("cambridgeshire-2017")).Count);
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Round_ReturnFixApproveLockPublishDownload_GoesToItsEnd()
    {
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
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
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
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
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Text_WithMarkup_IsShownAsText()
    {
        const string Markup = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>";
        await ImportAsync("markup", $"Theme,Ref,Priority action,Key delivery activities\n{Markup},V1,{Markup},{Markup}\n");
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
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

    [Fact]
    public async Task Overview_WithTwoThousandLeaves_IsPaintedSoon()
    {
        var rows = Enumerable.Range(1, 2000).Select(i =>
            $"{Themes[i % 4]},{Themes[i % 4][0]}{i},Action number {i} of the plan,Lead {i % 40},What was done about {i}. {new string('x', 300)},{(i % 3 == 0 ? "Green" : "Amber")},Because,No change");
        await ImportAsync("large", $"Theme,Ref,Priority action,Delivery lead,Key delivery activities,Status,Status reason,Direction of travel\n{string.Join('\n', rows)}\n");
        await MorePeriodsAsync("large", 11);
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
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
        var plans = new PlanService.PlanServiceClient(_server.Channel);
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

    private async Task ImportAsync(string plan, string csv) => await new GridService.GridServiceClient(_server.Channel).ImportGridAsync(
        new ImportGridRequest
        {
            Parent = $"plans/{plan}",
            Period = "2018-10",
            Format = ImportGridRequest.Types.Format.Csv,
            FileName = "grid.csv",
            Content = ByteString.CopyFromUtf8(csv),
            CreateMissing = true,
        },
        cancellationToken: Deadline.Token);

    private async Task<IReadOnlyList<ProgressUpdate>> UpdatesAsync(string plan)
    {
        var plans = await new PlanService.PlanServiceClient(_server.Channel).ListPlansAsync(new ListPlansRequest(), cancellationToken: Deadline.Token);
        if (plans.Plans.All(p => p.Name != $"plans/{plan}"))
            return [];

        return (await new ProgressService.ProgressServiceClient(_server.Channel).ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = $"plans/{plan}/actions/-", Period = "2018-10", PageSize = 1000 },
            cancellationToken: Deadline.Token)).ProgressUpdates;
    }
}
