using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

public class TlsTests
{
    [Fact]
    public async Task OnePort_WithACertificate_ServesGrpcAndHttp11()
    {
        using var folder = new TemporaryFolder();
        using var certificate = Make();
        var file = Path.Combine(folder.Path, "certificate.pfx");
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "of the test"), Deadline.Token);
        await using var host = await SuiteHost.StartAsync(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:https:Url"] = "https://127.0.0.1:0",
            ["Kestrel:Endpoints:https:Protocols"] = "Http1AndHttp2",
            ["Kestrel:Endpoints:https:Certificate:Path"] = file,
            ["Kestrel:Endpoints:https:Certificate:Password"] = "of the test",
        });
        var address = host.Addresses.Https!;
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = Handler(certificate), DisposeHttpClient = true });
        using var http = new HttpClient(Handler(certificate))
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        var made = await new PlanService.PlanServiceClient(channel).CreatePlanAsync(
            new CreatePlanRequest { PlanId = "fenland", Plan = new Plan { DisplayName = "Fenland" } }, cancellationToken: Deadline.Token);
        using var answer = await http.GetAsync($"/v1/{made.Name}", Deadline.Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpVersion.Version11, answer.Version);
        Assert.Contains("Fenland", await answer.Content.ReadAsStringAsync(Deadline.Token), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private static TokenHandler Handler(X509Certificate2 certificate) => new(TestIssuer.Everything, new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString(),
        },
    });

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
    }
}
