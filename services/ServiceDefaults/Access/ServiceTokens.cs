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

/// <summary>Sends the process's token with each call to another service.</summary>
internal sealed class ServiceTokenHandler(IServiceTokens tokens) : DelegatingHandler
{
    private static readonly string Unauthenticated = $"{(int)StatusCode.Unauthenticated}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = await tokens.GetAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"No access token for this process: {e.Message}", e));
        }

        request.Headers.Authorization = new("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        // An issuer with new keys: whoever calls again has another token.
        if (response.Headers.TryGetValues("grpc-status", out var status) && status.Contains(Unauthenticated))
            tokens.Drop(token);
        return response;
    }
}

/// <summary>Sends the token of the user for whom a call is made.</summary>
internal sealed class UserTokenHandler(IHttpContextAccessor contexts) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = contexts.HttpContext?.Features.Get<UserToken>()
            ?? throw new InvalidOperationException("A call on a user's behalf is made where no user asks for anything.");
        request.Headers.Authorization = new("Bearer", token.Text);
        return base.SendAsync(request, cancellationToken);
    }
}
