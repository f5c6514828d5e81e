using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.V1;
using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Journeys;

/// <summary>An overview that is left open follows the plan, and says when it cannot.</summary>
public sealed class LiveTests(Chromium chromium)
{
    [Fact]
    public async Task Overview_InASecondBrowser_FollowsAChangeWithinTwoSeconds()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StandaloneProcess.StartAsync(folder.Path, sample: true);
        await using var tab = await chromium.OpenAsync(server.Http.BaseAddress!);
        await tab.GoAsync("/?plan=sample&period=2018-10");
        await Expect(tab.Page.Locator(".live.on")).ToBeVisibleAsync();
        var red = tab.Page.Locator(".tile", new() { HasText = "Red" }).Locator("b");
        var before = int.Parse(await red.InnerTextAsync());

        var progress = new ProgressService.ProgressServiceClient(server.Channel);
        const string Name = "plans/sample/actions/V4/updates/2018-10";
        await progress.ReturnProgressUpdateAsync(new ReturnProgressUpdateRequest { Name = Name, Reason = "It is red." }, cancellationToken: Deadline.Token);
        await progress.SaveProgressUpdateAsync(
            new SaveProgressUpdateRequest
            {
                ProgressUpdate = new ProgressUpdate { Name = Name, Status = ProgressUpdate.Types.Status.Red, StatusReason = "No nurses." },
                UpdateMask = new FieldMask { Paths = { "status", "status_reason" } },
            },
            cancellationToken: Deadline.Token);
        var clock = Stopwatch.StartNew();

        await Expect(red).ToHaveTextAsync($"{before + 1}", new() { Timeout = 2_000 });
        TestContext.Current.TestOutputHelper?.WriteLine($"The change was on the other page after {clock.ElapsedMilliseconds} ms.");
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Overview_WhenTheServicesStopAndComeBack_SaysSoAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        var services = await StandaloneProcess.StartAsync(folder.Path, sample: true);
        await using var pages = await DashboardProcess.StartAsync(services);
        await using var tab = await chromium.OpenAsync(pages.Http);
        await tab.GoAsync("/?plan=sample&period=2018-10");
        await Expect(tab.Page.Locator(".live.on")).ToBeVisibleAsync();

        var (http, grpc) = (services.Http.BaseAddress!.Port, services.Grpc.Port);
        await services.DisposeAsync();
        await Expect(tab.Page.Locator(".live.lost")).ToContainTextAsync("Connection lost");
        await Expect(tab.Page.GetByText("44 actions report")).ToBeVisibleAsync();
        await tab.AssertNoBarrierAsync("journey-connection-lost");

        await using var again = await StandaloneProcess.StartAsync(folder.Path, sample: true, httpPort: http, grpcPort: grpc);
        await Expect(tab.Page.Locator(".live.on")).ToBeVisibleAsync();
        tab.AssertNoErrors();
    }
}
