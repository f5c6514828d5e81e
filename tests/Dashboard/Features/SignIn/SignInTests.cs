using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Features.SignIn;

/// <summary>People sign in at a provider, outside Development.</summary>
public sealed class SignInTests(Chromium chromium, SignInSuite suite) : IClassFixture<SignInSuite>
{
    private const string Round = "/round?plan=sample&period=2018-10";

    private readonly TestProvider _provider = suite.Provider;
    private readonly StandaloneProcess _server = suite.Server;

    [Fact]
    public async Task Officer_SignsInWorksAndSignsOut()
    {
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
        var page = tab.Page;
        await SignInAsync(tab, Round, "officer");

        await Expect(page.Locator("h1")).ToHaveTextAsync("Round of October 2018");
        Assert.EndsWith(Round, page.Url, StringComparison.Ordinal);
        await Expect(page.Locator(".user")).ToContainTextAsync("officer@police.example");
        await tab.PictureAsync("signed-in-1440");
        await page.GetByRole(AriaRole.Link, new() { Name = "V3", Exact = true }).ClickAsync();
        // The round has such a button too: what is clicked there while the next page comes is done by nobody.
        await Expect(page.Locator("h1")).ToContainTextAsync("V3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve V3" }).ClickAsync();
        // Who did it is the person, not the pages.
        await Expect(page.Locator("main")).ToContainTextAsync("officer@police.example");

        var cookies = await page.Context.CookiesAsync();
        Assert.All(cookies.Where(c => c.Name == "planservices"), c => Assert.True(c is { HttpOnly: true, SameSite: SameSiteAttribute.Lax, Value.Length: < 1000 }));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        // Here first, and then by way of the issuer. Playwright's own wait for an address misses at times that such a page was loaded.
        await Expect(page.Locator("h1")).ToHaveTextAsync("You are signed out");
        await Expect(page).ToHaveURLAsync(new Uri(_server.Http.BaseAddress!, "/sign-out/done").ToString());
        await tab.AssertNoBarrierAsync("signed-out-1440");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Who are you?");
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Reader_IsOfferedNothingAndForcedIsRefused()
    {
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
        var page = tab.Page;
        await SignInAsync(tab, Round, "reader");
        await Expect(page.GetByText("Approving and returning is for the office.")).ToBeVisibleAsync();
        await NothingIsOfferedAsync(page);
        await tab.AssertNoBarrierAsync("reader-round-1440");
        await tab.GoAsync("/actions/V3?plan=sample&period=2018-10");
        await NothingIsOfferedAsync(page);
        await tab.GoAsync("/reports?plan=sample&period=2018-10");
        await Expect(page.GetByText("Publishing is for the office.")).ToBeVisibleAsync();
        await NothingIsOfferedAsync(page);
        await tab.GoAsync("/import");
        await Expect(page.GetByText("You may read the plan, and import nothing into it.")).ToBeVisibleAsync();
        await Expect(page.Locator("input[type=file]")).ToHaveCountAsync(0);
        await tab.GoAsync("/remove-text");
        await Expect(page.GetByText("Removing a text for good is for whoever administers the plans")).ToBeVisibleAsync();
        await Expect(page.Locator("main textarea")).ToHaveCountAsync(0);
        await NothingIsOfferedAsync(page);
        await tab.AssertNoBarrierAsync("reader-remove-text-1440");
        tab.AssertNoErrors();

        using var forced = new HttpClient { BaseAddress = _server.Http.BaseAddress };
        forced.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _provider.AccessToken("reader"));
        foreach (var write in new[] { "/periods/2018-10:lock", "/actions/V3/updates/2018-10:approve", "/reports:publish", ":undoImport", ":expunge" })
        {
            using var answer = await forced.PostAsJsonAsync($"/v1/plans/sample{write}", new { }, Deadline.Token);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Stranger_WithoutAnyRight_IsToldSo()
    {
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
        await tab.Page.GotoAsync("/");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "stranger" }).ClickAsync();

        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("You may not see this");
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("stranger@police.example");
        await tab.AssertNoBarrierAsync("stranger-1440");
    }

    [Fact]
    public async Task Session_IsRenewedWhileItCanAndThenSaysSignInAgain()
    {
        // So short that each call renews it.
        using var usual = suite.WithLifetime(TimeSpan.FromSeconds(60));
        await using var tab = await chromium.OpenAsync(_server.Http.BaseAddress!);
        var page = tab.Page;
        await SignInAsync(tab, Round, "officer");
        await page.GetByRole(AriaRole.Link, new() { Name = "Grid" }).ClickAsync();
        await Expect(page.GetByText("All 44 actions")).ToBeVisibleAsync();
        Assert.True(_provider.Renewals > 0);

        _provider.RefusesRefresh = true;
        await page.GetByRole(AriaRole.Link, new() { Name = "Partners" }).ClickAsync();
        await Expect(page.GetByText("Your sign-in is over.")).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("sign-in-over-1440");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Who are you?");
        usual.Dispose();
        await page.GetByRole(AriaRole.Link, new() { Name = "officer" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Partners");
        await Expect(page.GetByText("bodies", new() { Exact = false }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Visitor_WhoIsNoBrowser_IsRefusedAndNothingIsShown()
    {
        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Http.BaseAddress };

        foreach (var address in new[] { "/", "/grid", "/download/report.csv?plan=sample&period=2018-10" })
        {
            using var program = await visitor.GetAsync(new Uri(address, UriKind.Relative), Deadline.Token);
            Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
            Assert.DoesNotContain("Sample", await program.Content.ReadAsStringAsync(Deadline.Token), StringComparison.Ordinal);
        }
    }

    private static async Task SignInAsync(Tab tab, string address, string user)
    {
        await tab.Page.GotoAsync(address);
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Who are you?");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = user }).ClickAsync();
        await tab.InteractiveAsync();
    }

    private static async Task NothingIsOfferedAsync(IPage page)
    {
        await Expect(page.Locator("main button.mud-button-root")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Import" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Remove a text" })).ToHaveCountAsync(0);
    }
}
