using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>The access token by which this process calls other services of its own accord.</summary>
internal interface IServiceTokens
{
    /// <exception cref="HttpRequestException">The issuer is out of reach, or refuses the process's client.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>The token was refused: the next call gets another.</summary>
    void Drop(string token);
}

/// <summary>Gets it for the client that the settings say this process is.</summary>
internal sealed class ServiceTokens(IOptions<AccessOptions> access, IServiceProvider services) : IServiceTokens
{
    private readonly ClientToken _token = ActivatorUtilities.CreateInstance<ClientToken>(
        services, new ClientCredentials(access.Value.ClientId, access.Value.ClientSecret));

    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => _token.GetAsync(cancellationToken);

    public void Drop(string token) => _token.Drop(token);
}

/// <summary>Sends a token with each call to another service: the user's where a page makes it, otherwise the process's own.</summary>
internal sealed class CallTokenHandler(IServiceTokens tokens, IHttpContextAccessor contexts) : DelegatingHandler
{
    private static readonly string Unauthenticated = $"{(int)StatusCode.Unauthenticated}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var user = User();
        var token = user is null ? await OwnTokenAsync(cancellationToken) : await user.GetAsync(cancellationToken);
        request.Headers.Authorization = new("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        // An issuer with new keys: whoever calls again has another token.
        if (response.Headers.TryGetValues("grpc-status", out var status) && status.Contains(Unauthenticated))
            (user?.Drop ?? tokens.Drop)(token);
        return response;
    }

    private UserToken? User()
    {
        if (UserToken.Current is { } connected)
            return connected;

        var context = contexts.HttpContext;
        if (context?.GetEndpoint()?.Metadata.GetMetadata<UserPageMetadata>() is null)
            return null;

        return UserToken.Of(context) ?? throw new RpcException(new Status(StatusCode.Unauthenticated, "A page is asked for by nobody."));
    }

    private async ValueTask<string> OwnTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.GetAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"No access token for this process: {e.Message}", e));
        }
    }
}
