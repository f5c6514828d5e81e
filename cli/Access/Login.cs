using Grpc.Core;

namespace PlanServices.Cli.Access;

/// <summary>
/// As whom the services are called: as the client that PLAN_CLIENT_ID and PLAN_CLIENT_SECRET name; otherwise with the token that
/// <c>plan login</c> stored; otherwise, on this machine, as the client that everybody knows in Development.
/// </summary>
internal sealed class Login(Uri address, Uri issuer, CredentialStore store)
{
    private const string Development = "dev";

    private AccessToken? _token;

    public Uri Address => address;

    public CredentialStore Store => store;

    public static string? ClientId => Environment.GetEnvironmentVariable("PLAN_CLIENT_ID") is { Length: > 0 } id ? id : null;

    public static string? ClientSecret => Environment.GetEnvironmentVariable("PLAN_CLIENT_SECRET") is { Length: > 0 } secret ? secret : null;

    public Task<AccessToken> AskAsync(string client, string secret, IReadOnlyList<string> scopes, CancellationToken cancellationToken) =>
        TokenEndpoint.AskAsync(issuer, address, client, secret, scopes, cancellationToken);

    /// <summary>The token to call with.</summary>
    public async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        _token ??= await FindAsync(cancellationToken);
        return _token.Text;
    }

    private async Task<AccessToken> FindAsync(CancellationToken cancellationToken)
    {
        if (ClientId is { } client)
        {
            var secret = ClientSecret ?? throw new CommandException("PLAN_CLIENT_ID is set, but PLAN_CLIENT_SECRET is not.");
            return await AskAsync(client, secret, [], cancellationToken);
        }

        if (store.Find(address) is { } stored)
        {
            return stored.End > TimeProvider.System.GetUtcNow()
                ? stored
                : throw new CommandException($"You were logged in to {address} until {stored.End.LocalDateTime:t} on {stored.End.LocalDateTime:d}; log in again with 'plan login'.");
        }

        return address.IsLoopback
            ? await AskAsync(Development, Development, [], cancellationToken)
            : throw new CommandException($"You are not logged in to {address}: use 'plan login', or set PLAN_CLIENT_ID and PLAN_CLIENT_SECRET.");
    }
}

/// <summary>Sends the token with each call.</summary>
internal sealed class LoginHandler(Login login) : DelegatingHandler(new SocketsHttpHandler { EnableMultipleHttp2Connections = true })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            request.Headers.Authorization = new("Bearer", await login.TokenAsync(cancellationToken));
        }
        catch (CommandException e)
        {
            // The caller of a call expects its kind of failure.
            throw new RpcException(new Status(StatusCode.Unauthenticated, e.Message, e));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
