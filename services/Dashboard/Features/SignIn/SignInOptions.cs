using System.ComponentModel.DataAnnotations;

namespace PlanServices.Dashboard.Features.SignIn;

/// <summary>
/// How people sign in to the pages: by OpenID Connect at the issuer that <c>Access:Authority</c> names, so that the services accept the
/// token that a person gets there. Section <c>SignIn</c>.
/// </summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>The client that the pages are at the issuer. Where it is empty, the default, nobody signs in.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Its secret; empty for a public client, which PKCE protects alone.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>
    /// What is asked for beside <c>openid</c>, <c>profile</c> and <c>offline_access</c>: whatever has the issuer give a token for the
    /// services, such as <c>api://planservices/access</c>.
    /// </summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>For how long a person stays signed in, 5 minutes to a day; after it they sign in again.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(10);

    /// <summary>The scopes that say something: a deployment that has none may hand in an empty one.</summary>
    public IEnumerable<string> Named => Scopes.Where(s => s.Length > 0);

    /// <summary>Whether people sign in.</summary>
    public bool IsSetUp => ClientId.Length > 0;
}
