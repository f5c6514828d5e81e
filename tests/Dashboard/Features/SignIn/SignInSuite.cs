using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Dashboard.Tests.Features.SignIn;

/// <summary>
/// The suite outside Development before a provider, one for all tests that sign in: a server that was just started compiles each page as
/// it is first asked for, which on a busy machine takes longer than anything that these tests wait for.
/// </summary>
public sealed class SignInSuite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public TestProvider Provider { get; private set; } = null!;

    public StandaloneProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await TestProvider.StartAsync();
        Server = await StandaloneProcess.StartAsync(
            _folder.Path, "Production", _ => Task.FromResult(Provider.ServiceToken()), sample: true, Provider.Settings);
    }

    /// <summary>Has access tokens be good for another time than usual; whoever disposes what is given ends it.</summary>
    public IDisposable WithLifetime(TimeSpan lifetime)
    {
        Provider.Lifetime = lifetime;
        return new Usual(Provider);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class Usual(TestProvider provider) : IDisposable
    {
        public void Dispose() => (provider.Lifetime, provider.RefusesRefresh) = (TimeSpan.FromHours(1), false);
    }
}
