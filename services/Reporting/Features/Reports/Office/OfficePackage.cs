using DocumentFormat.OpenXml.Packaging;
using PlanServices.Reporting.Features.Reports.Pages;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>What a document says of itself: no more than is on its first page.</summary>
internal static class OfficePackage
{
    public const string Language = "en-GB";

    public static void Describe(OpenXmlPackage package, ReportView view)
    {
        var properties = package.PackageProperties;
        properties.Title = view.Title;
        properties.Subject = view.Edition;
        properties.Creator = view.Summary.PlanDisplayName;
        properties.Language = Language;
        properties.Category = view.Marking.Length > 0 ? view.Marking : null;
        var made = (view.Summary.UpdateTime?.ToDateTime() ?? DateTime.UnixEpoch).ToUniversalTime();
        (properties.Created, properties.Modified) = (made, made);
    }

    /// <summary>A colour as Office has it: without the <c>#</c>.</summary>
    public static string Rgb(string colour) => colour.TrimStart('#').ToUpperInvariant();
}
