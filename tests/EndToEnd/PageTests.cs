using System.Net;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

/// <summary>The first start, as a stranger sees it.</summary>
public class PageTests
{
    private static readonly string[] SomeRefs = ["V1.1", "O10", "C10.2", "T10"];

    [Fact]
    public async Task FirstStart_WithTheSample_ShowsItsSummaryAndGrid()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StandaloneProcess.StartAsync(folder.Path, sample: true);

        var page = await server.Http.GetStringAsync("/", Deadline.Token);

        Assert.Contains("<h1>Sample plan</h1>", page, StringComparison.Ordinal);
        Assert.Contains("44 actions report", page, StringComparison.Ordinal);
        var grid = await server.Http.GetStringAsync("/grid", Deadline.Token);
        Assert.All(SomeRefs, r => Assert.Contains($">{r}</a>", grid, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/_content/PlanServices.Dashboard/_framework/blazor.web.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/_content/PlanServices.Dashboard/dashboard.css")]
    public async Task Asset_OfThePages_ComesFromTheProcess(string path)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StandaloneProcess.StartAsync(folder.Path);

        Assert.True((await server.Http.GetStringAsync(path, Deadline.Token)).Length > 500);
    }

    [Fact]
    public async Task Page_WithoutAnyPlan_SaysHowToImport()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StandaloneProcess.StartAsync(folder.Path);

        Assert.Contains("There is no plan yet", await server.Http.GetStringAsync("/", Deadline.Token), StringComparison.Ordinal);
        using var unknown = await server.Http.GetAsync("/?plan=%3Cscript%3E", Deadline.Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.DoesNotContain("<script>", await unknown.Content.ReadAsStringAsync(Deadline.Token), StringComparison.Ordinal);
    }
}
