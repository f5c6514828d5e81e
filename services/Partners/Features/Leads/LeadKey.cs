using System.Security.Cryptography;
using System.Text;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Partners.Features.Leads;

/// <summary>What lead texts have in common that differ in case, spaces, punctuation and look-alike letters only.</summary>
internal static class LeadKey
{
    /// <summary>The most characters of a key, so that every database can have it in an index.</summary>
    public const int Longest = 400;

    /// <summary>The letters and digits of a text, in lower case; empty for one of punctuation only.</summary>
    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in LookAlikes.Fold(text).Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c))
                key.Append(char.ToLowerInvariant(c));
        }

        return key.Length <= Longest ? key.ToString() : Shortened(key.ToString());
    }

    // Its beginning, and a digest in place of the rest.
    private static string Shortened(string key)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return string.Concat(key.AsSpan(0, Longest - digest.Length), digest);
    }
}
