using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>
/// Marks a page, or what a page links to: the calls that it makes are made on its user's behalf, and in Development whoever sits at the
/// machine is its user.
/// </summary>
public sealed class UserPageMetadata;

/// <summary>
/// Who opens a page in Development where no sign-in is set up: and whoever sits at the machine is the well-known client. A page of another site
/// that has a browser ask here by a name of its own is not served.
/// </summary>
internal sealed class LocalUser(IHostEnvironment environment, IServiceProvider services)
{
    private readonly bool _there = environment.IsDevelopment() && services.GetService<IPageSignIn>() is not { IsSetUp: true };
    private readonly Lazy<ClientToken> _token = new(
        () => ActivatorUtilities.CreateInstance<ClientToken>(services, new ClientCredentials(DevelopmentClient.Id, DevelopmentClient.Secret)));

    public bool MayBe(HttpContext context) => _there
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopback(context.Request.Host.Host);

    public static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<UserPageMetadata>() is not null;

    /// <summary>Its token. Getting it throws <see cref="IssuerOutOfReachException"/> where the issuer does not answer.</summary>
    public UserToken Token => new(TokenAsync, text => _token.Value.Drop(text));

    private async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _token.Value.GetAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new IssuerOutOfReachException(e);
        }
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
