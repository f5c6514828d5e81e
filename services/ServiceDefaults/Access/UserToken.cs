using Microsoft.AspNetCore.Http;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>The access token of a page's user: calls that the page makes carry it.</summary>
/// <param name="GetAsync">
/// The token as it is now; a page stays open for longer than one token is good. Throws <see cref="Grpc.Core.RpcException"/>: UNAUTHENTICATED
/// where the user must sign in again, UNAVAILABLE where that cannot be known.
/// </param>
/// <param name="Drop">A token was refused: the next call gets another, where there can be one.</param>
public sealed record UserToken(Func<CancellationToken, ValueTask<string>> GetAsync, Action<string> Drop)
{
    private static readonly AsyncLocal<UserToken?> Circuit = new();

    /// <summary>The user for whom this flow of control runs outside of a request: a page that stays connected.</summary>
    public static UserToken? Current
    {
        get => Circuit.Value;
        set => Circuit.Value = value;
    }

    /// <summary>The user whose request this is; null where it brought no valid token.</summary>
    public static UserToken? Of(HttpContext context) => context.Features.Get<UserToken>();

    internal static UserToken Of(string text) => new(_ => ValueTask.FromResult(text), DropNothing);

    private static void DropNothing(string token)
    {
        // Whoever brought it brings another.
    }
}
