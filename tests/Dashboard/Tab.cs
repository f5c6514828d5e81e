using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace PlanServices.Dashboard.Tests;

/// <summary>A page in a browser; what it says on the console as an error is kept.</summary>
public sealed class Tab : IAsyncDisposable
{
    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = new();

    public Tab(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Goes to an address and waits until the page is interactive.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await InteractiveAsync();
    }

    /// <summary>Waits until the page's connection stands.</summary>
    public Task InteractiveAsync() => Assertions.Expect(Page.Locator("[data-interactive]")).ToBeAttachedAsync();

    /// <summary>The page said no error on its console.</summary>
    public void AssertNoErrors() => Assert.Empty(_errors);

    /// <summary>Neither in light nor in dark is there a barrier that axe finds; of both a picture is left.</summary>
    public async Task AssertNoBarrierAsync(string picture)
    {
        foreach (var (scheme, suffix) in new[] { (ColorScheme.Dark, "-dark"), (ColorScheme.Light, "") })
        {
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await PictureAsync($"{picture}{suffix}");
            var found = await Page.RunAxe(Wcag);
            Assert.Empty(found.Violations.Select(v => $"{picture}{suffix} {v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }
    }

    /// <summary>Writes a picture of the whole page into the artefacts.</summary>
    public async Task PictureAsync(string name) => await Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Artefacts.Folder, $"{name}.png"),
        FullPage = true,
    });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

/// <summary>What a run leaves to be looked at: <c>artifacts/pages</c>, which git ignores.</summary>
internal static class Artefacts
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = Find();

    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "pages")).FullName;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PlanServices.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
