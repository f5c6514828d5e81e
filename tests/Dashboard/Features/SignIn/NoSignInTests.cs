using System.Net;
using System.Security.Cryptography;
using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Dashboard.Tests.Features.SignIn;

/// <summary>Outside Development, where no sign-in is set up, the pages are for nobody.</summary>
public class NoSignInTests(Chromium chromium)
{
    [Fact]
    public async Task Page_WithoutSignInOutsideDevelopment_IsForNobody()
    {
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await StandaloneProcess.StartAsync(
            folder.Path, "Production", _ => Task.FromResult(""), sample: true, [$"--Issuer:SigningKeys:0:Pem={key.ExportPkcs8PrivateKeyPem()}"]);
        using var browser = new HttpClient { BaseAddress = server.Http.BaseAddress };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        foreach (var address in new[] { "/", "/grid?plan=sample", "/round", "/download/report.csv?plan=sample&period=2018-10" })
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Deadline.Token);
            var page = await answer.Content.ReadAsStringAsync(Deadline.Token);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains("Nobody can sign in here yet", page, StringComparison.Ordinal);
            Assert.DoesNotContain("sample", page, StringComparison.OrdinalIgnoreCase);
        }

        await using var tab = await chromium.OpenAsync(server.Http.BaseAddress!);
        await tab.Page.GotoAsync("/");
        await tab.AssertNoBarrierAsync("nobody-can-sign-in-1440");
    }
}
