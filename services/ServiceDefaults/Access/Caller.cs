using System.Security.Claims;
using Grpc.Core;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>Who makes a call.</summary>
public static class Caller
{
    /// <summary>What a service does of its own accord.</summary>
    public const string Service = "service";

    /// <summary>The partner of a client that acts for every one.</summary>
    public const string EveryPartner = "partners/-";

    /// <summary>The claim with the partner for which a client acts: <c>partners/{partner}</c>.</summary>
    public const string PartnerClaim = "partner";

    internal const string ScopeClaim = "scope";

    /// <summary>The name that a write records: <c>clients/{client}</c>, or the user's.</summary>
    public static string Of(ServerCallContext context) => NameOf(context.GetHttpContext().User);

    /// <summary>The caller's name; empty where the call brought no valid token.</summary>
    public static string NameOf(ClaimsPrincipal user) => user is KnownCaller known ? known.Name : user.Identity?.Name ?? "";

    /// <summary>The partner for which the caller acts: <c>partners/{partner}</c>; empty where there is none.</summary>
    public static string PartnerOf(ClaimsPrincipal user) => user.FindFirst(PartnerClaim)?.Value ?? "";

    public static bool HasScope(this ClaimsPrincipal user, string scope) => user.HasClaim(ScopeClaim, scope);
}
