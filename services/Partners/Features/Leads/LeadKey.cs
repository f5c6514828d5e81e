using System.Text;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Partners.Features.Leads;

/// <summary>What lead texts have in common that differ in case, spaces, punctuation and look-alike letters only.</summary>
internal static class LeadKey
{
    /// <summary>The letters and digits of a text, in lower case; empty for one of punctuation only.</summary>
    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in LookAlikes.Fold(text).Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c))
                key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }
}
