using System.Diagnostics;
using System.Security.Cryptography;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

/// <summary>Whether the suite starts as it is set up, and what it says where it does not.</summary>
public class StartTests
{
    private const string Key = "Issuer__SigningKeys__0__Pem";

    [Theory]
    [InlineData("Production", "", "", "There is no key to sign access tokens with")]
    [InlineData("Production", Key, "nonsense", "the signing key cannot be read")]
    [InlineData("Production", "Issuer__SigningKeys__0__Path", "/nowhere/key.pem", "the signing key cannot be read")]
    [InlineData("Production", "Issuer__Clients__admin__Secret", "dev", "the well-known secret of Development")]
    [InlineData("Production", "Issuer__Clients__admin__Secret", "short", "has 16 to 200 characters")]
    [InlineData("Development", "SignIn__ClientId", "pages", "SignIn:ClientId needs Access:Authority")]
    [InlineData("Development", "SignIn__ClientSecret", "a secret of the pages", "SignIn:ClientId is missing")]
    [InlineData("Development", "Kestrel__Endpoints__open__Url", "http://0.0.0.0:0", "only loopback addresses are listened on")]
    [InlineData("Development", "Access__Streams", "0", "Streams")]
    public async Task Start_NotFitToServe_IsRefusedWithOneSentence(string environment, string setting, string value, string sentence)
    {
        using var folder = new TemporaryFolder();

        var (code, error) = await StartAsync(folder.Path, environment, setting, value);

        Assert.Equal(1, code);
        Assert.StartsWith("PlanServices does not start. ", error, StringComparison.Ordinal);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int Code, string Error)> StartAsync(string data, string environment, string setting, string value)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "PlanServices.Standalone.dll"), "--http-port", "0", "--grpc-port", "0", "--data", data, "--no-sample",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = environment },
        };
        if (setting.StartsWith("Issuer__Clients", StringComparison.Ordinal))
            start.Environment[Key] = ecdsa.ExportPkcs8PrivateKeyPem();
        if (setting.Length > 0)
            start.Environment[setting] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(Deadline.Token);
            var error = await process.StandardError.ReadToEndAsync(Deadline.Token);
            await output;
            await process.WaitForExitAsync(Deadline.Token);
            return (process.ExitCode, error);
        }
        finally
        {
            process.Kill();
        }
    }
}
