using System.ComponentModel.DataAnnotations;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>Who issues the tokens that a service accepts, and how the service gets its own. Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>
    /// An issuer outside the suite, such as <c>https://login.microsoftonline.com/{tenant}/v2.0</c>. Where it is empty, the default,
    /// the Partners service issues the tokens.
    /// </summary>
    public string Authority { get; init; } = "";

    /// <summary>What stands in a token's <c>iss</c> when Partners issues it: the address by which clients know it.</summary>
    [Required]
    public Uri Issuer { get; init; } = new("http://localhost:5080/");

    /// <summary>What must stand in a token's <c>aud</c>.</summary>
    [Required]
    public string Audience { get; init; } = "planservices";

    /// <summary>
    /// With an outside issuer: the partner for which each of its clients acts, by client id (claim <c>azp</c> or <c>appid</c>), as in
    /// <c>Access:Partners:3f6e…=partners/county-council</c>.
    /// </summary>
    public Dictionary<string, string> Partners { get; init; } = [];

    /// <summary>The client that this process is when it calls other services. In Development the well-known client, unless set.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Its secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>With an outside issuer: the scope to ask it for, such as <c>api://planservices/.default</c>.</summary>
    public string ClientScope { get; init; } = "";

    /// <summary>How long the issuer's keys are used before they are read again, a minute to a day; an unknown one is looked for at once.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Validated tokens that are remembered, 0 (none) to 1,000,000; one takes about 4 kB.</summary>
    [Range(0, 1_000_000)]
    public int RememberedTokens { get; init; } = 10_000;

    /// <summary>Calls a second that one client may make on average, 1 to 10,000,000. Unset: 5,000, and in Development 1,000,000.</summary>
    [Range(1, 10_000_000)]
    public int? CallsPerSecond { get; set; }

    /// <summary>Calls that one client may make at once after a rest, 1 to 10,000,000. Unset: two seconds' worth.</summary>
    [Range(1, 10_000_000)]
    public int? CallsAtOnce { get; set; }

    /// <summary>Streams that one client may have open at once, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int Streams { get; init; } = 100;

    /// <summary>Calls a second that one address may make without a valid token, token requests among them, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int AnonymousCallsPerSecond { get; init; } = 50;
}
