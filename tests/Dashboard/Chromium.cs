using Microsoft.Playwright;
using PlanServices.Dashboard.Tests;
using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(SampleSuite))]

namespace PlanServices.Dashboard.Tests;

/// <summary>Debian's Chromium, one for all tests; where it is not there, the tests that ask for a page are skipped.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } path)
            return;

        // A machine that has much else to do is no failure of a page.
        Assertions.SetDefaultExpectTimeout(90_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--lang=en-GB"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();

        _playwright?.Dispose();
    }

    /// <summary>A tab of a browser of its own, that looks at a server.</summary>
    public async Task<Tab> OpenAsync(Uri server, int width = 1440, int height = 1000)
    {
        if (_browser is null)
            Assert.Skip("No Chromium is installed (Debian: apt-get install chromium).");

        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ColorScheme = ColorScheme.Light,
            Locale = "en-GB",
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(90_000);
        return new Tab(context, await context.NewPageAsync());
    }
}

/// <summary>The suite with the sample plan, one for all tests that change nothing.</summary>
public sealed class SampleSuite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StandaloneProcess? _server;

    public Uri Address => _server!.Http.BaseAddress!;

    public async ValueTask InitializeAsync() => _server = await StandaloneProcess.StartAsync(_folder.Path, sample: true);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();

        _folder.Dispose();
    }
}
