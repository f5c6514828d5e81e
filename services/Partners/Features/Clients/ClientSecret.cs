using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace PlanServices.Partners.Features.Clients;

/// <summary>
/// Secrets of clients: 256 random bits, so that nobody guesses one, and stored as a salted PBKDF2 hash, so that nobody who reads the
/// database has one. The hash says its own iterations: they can be raised without making the stored ones worthless.
/// </summary>
internal static class ClientSecret
{
    // Scanners for secrets that were committed somewhere find ours by it.
    private const string Prefix = "plansecret_";
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 50_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int HintCharacters = 4;

    /// <summary>No secret is longer; what is, is none and costs no hash.</summary>
    public const int MostCharacters = 200;

    /// <summary>What is compared with where there is no client, so that it takes as long as where there is one.</summary>
    public static string NoHash { get; } = Hash("");

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The beginning by which people tell a secret from another.</summary>
    public static string HintOf(string secret) => secret[..Math.Min(secret.Length, Prefix.Length + HintCharacters)];

    public static string Hash(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(secret, salt, Iterations))}");
    }

    public static bool Matches(string secret, string hash)
    {
        if (secret.Length > MostCharacters || hash.Split('$') is not [Scheme, var iterations, var salt, var wanted])
            return false;

        var derived = Derive(secret, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(wanted));
    }

    private static byte[] Derive(string secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
