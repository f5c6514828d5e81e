using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Partners.Features.Issuing;

/// <summary>Reads the keys that tokens are signed with.</summary>
internal static class SigningKeys
{
    private const int LeastRsaBits = 2048;

    /// <summary>The keys in the settings' order, or in Development one that lives as long as the process.</summary>
    /// <exception cref="StartRefusedException">There is none, or one cannot be read.</exception>
    public static IReadOnlyList<SigningCredentials> Read(IReadOnlyList<SigningKeyOptions> keys, bool development)
    {
        if (keys.Count > 0)
            return [.. keys.Select(Read)];

        return development
            ? [Credentials(ECDsa.Create(ECCurve.NamedCurves.nistP256))]
            : throw new StartRefusedException(
                "There is no key to sign access tokens with. Set Issuer:SigningKeys:0:Path to a PEM or PFX file with a private key "
                + "(openssl ecparam -name prime256v1 -genkey -noout -out signing.pem), or Access:Authority to an outside issuer.");
    }

    private static SigningCredentials Read(SigningKeyOptions key, int index)
    {
        var setting = $"{IssuerOptions.Section}:{nameof(IssuerOptions.SigningKeys)}:{index}";
        if (key.Pem.Length > 0 == key.Path.Length > 0)
            throw new StartRefusedException($"{setting} takes one of Pem and Path.");

        try
        {
            if (key.Pem.Length > 0)
                return FromPem(key.Pem, key.Password);

            var content = File.ReadAllBytes(key.Path);
            return content.AsSpan().IndexOf("-----BEGIN"u8) >= 0
                ? FromPem(File.ReadAllText(key.Path), key.Password)
                : FromCertificate(X509CertificateLoader.LoadPkcs12(content, key.Password, X509KeyStorageFlags.EphemeralKeySet));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // The message of a key that cannot be read has nothing of the key.
            throw new StartRefusedException($"{setting}: the signing key cannot be read: {e.Message}");
        }
    }

    private static SigningCredentials FromPem(string pem, string password)
    {
        try
        {
            return Credentials(Import(RSA.Create(), pem, password));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Credentials(Import(ECDsa.Create(), pem, password));
        }
    }

    private static T Import<T>(T key, string pem, string password)
        where T : AsymmetricAlgorithm
    {
        if (password.Length > 0)
            key.ImportFromEncryptedPem(pem, password);
        else
            key.ImportFromPem(pem);
        return key;
    }

    private static SigningCredentials FromCertificate(X509Certificate2 certificate)
    {
        if (certificate.GetRSAPrivateKey() is { } rsa)
            return Credentials(rsa);

        return certificate.GetECDsaPrivateKey() is { } ecdsa
            ? Credentials(ecdsa)
            : throw new CryptographicException("the file has no private key of the kinds RSA and EC.");
    }

    private static SigningCredentials Credentials(RSA rsa)
    {
        if (rsa.KeySize < LeastRsaBits)
            throw new CryptographicException($"an RSA key has {LeastRsaBits} bits at the least; this one has {rsa.KeySize}.");

        // Fails where it is a public key only.
        rsa.ExportRSAPrivateKey();
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
    }

    private static SigningCredentials Credentials(ECDsa ecdsa)
    {
        ecdsa.ExportECPrivateKey();
        var key = new ECDsaSecurityKey(ecdsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return new SigningCredentials(key, ecdsa.KeySize switch
        {
            256 => SecurityAlgorithms.EcdsaSha256,
            384 => SecurityAlgorithms.EcdsaSha384,
            521 => SecurityAlgorithms.EcdsaSha512,
            var bits => throw new CryptographicException($"an EC key is P-256, P-384 or P-521; this one has {bits} bits."),
        });
    }
}
