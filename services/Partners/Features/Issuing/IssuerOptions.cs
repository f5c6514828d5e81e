using System.ComponentModel.DataAnnotations;

namespace PlanServices.Partners.Features.Issuing;

/// <summary>How Partners issues access tokens. Section <c>Issuer</c>.</summary>
public sealed class IssuerOptions
{
    public const string Section = "Issuer";

    /// <summary>How long an access token is good, a minute to a day. What a client may do no longer ends with its last token.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The keys that tokens are signed with: the first signs, all are published, so that a key can be changed without a gap. All replicas
    /// have the same. Required outside Development, which makes its own.
    /// </summary>
    public IReadOnlyList<SigningKeyOptions> SigningKeys { get; init; } = [];

    /// <summary>Clients that the settings make: the services' own, and the first one that may make others. By client id.</summary>
    public Dictionary<string, ConfiguredClientOptions> Clients { get; init; } = [];

    /// <summary>
    /// Take token requests over cleartext from other machines: where a mesh or a proxy in front encrypts what passes. Without it they
    /// are taken over TLS, and over cleartext from the machine itself.
    /// </summary>
    public bool Cleartext { get; init; }
}

/// <summary>A private key, RSA from 2,048 bits or EC (P-256, P-384, P-521): one of text and path.</summary>
public sealed class SigningKeyOptions
{
    /// <summary>The key as PEM text.</summary>
    public string Pem { get; init; } = "";

    /// <summary>A file with the key as PEM, or as PFX.</summary>
    public string Path { get; init; } = "";

    /// <summary>The file's password, where it has one.</summary>
    public string Password { get; init; } = "";
}

/// <summary>A client that the settings make.</summary>
public sealed class ConfiguredClientOptions
{
    /// <summary>16 to 200 characters; the well-known one of Development is taken there only.</summary>
    public string Secret { get; init; } = "";

    /// <summary>What it may do.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The partner whose system it is, <c>partners/{partner}</c>; <c>partners/-</c> acts for every one.</summary>
    public string Partner { get; init; } = "";
}
