using System.Security.Cryptography;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Standalone;

/// <summary>
/// The client that this process is when its services call each other. It issues its own tokens, so nobody else needs to know the secret:
/// a new one at each start.
/// </summary>
internal static class OwnClient
{
    private const string Id = "standalone";

    public static IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        return new Dictionary<string, string?>
        {
            ["Access:ClientId"] = Id,
            ["Access:ClientSecret"] = secret,
            [$"Issuer:Clients:{Id}:Secret"] = secret,
            [$"Issuer:Clients:{Id}:Scopes:0"] = Scopes.PlanRead,
            [$"Issuer:Clients:{Id}:Scopes:1"] = Scopes.PlanWrite,
        };
    }
}
