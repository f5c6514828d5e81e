using System.Globalization;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>Etags of what a plan holds: the revision in which it last changed, so that no state ever has the etag of another.</summary>
public static class Etags
{
    public static string Of(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>ABORTED, with the present etag, where the caller read another state. No etag accepts any.</summary>
    public static void Check(string name, string given, long revision)
    {
        if (given.Length > 0 && given != Of(revision))
            throw ApiErrors.StaleEtag(name, Of(revision));
    }
}
