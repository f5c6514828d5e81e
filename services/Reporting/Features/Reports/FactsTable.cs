using System.Globalization;
using System.Text;
using CsvHelper;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>
/// A period as a table for programs: one row a leaf. Names and order of the columns do not change; a new column comes at the end. Values
/// are the contract's words, whatever a plan calls its statuses.
/// </summary>
internal static class FactsTable
{
    /// <summary>The columns, as docs/reports.md describes them.</summary>
    public static readonly IReadOnlyList<(string Name, Func<ProgressReport, ReportRow, string> Value)> Columns =
    [
        ("plan", (report, _) => report.Summary.Name.Split('/')[1]),
        ("period", (report, _) => report.Summary.Name.Split('/')[3]),
        ("as_at_date", (report, _) => report.Summary.AsAtDate is { } d ? $"{d.Year:D4}-{d.Month:D2}-{d.Day:D2}" : ""),
        ("plan_revision", (report, _) => report.Summary.Revision.ToString(CultureInfo.InvariantCulture)),
        ("ref", (_, row) => row.Ref),
        ("parent_ref", (_, row) => IdOf(row.ParentAction)),
        ("theme", (_, row) => IdOf(row.Theme)),
        ("theme_name", (_, row) => row.ThemeDisplayName),
        ("title", (_, row) => row.Title),
        ("opcc_leads", (_, row) => string.Join("; ", row.OpccLeads)),
        ("delivery_leads", (_, row) => string.Join("; ", row.DeliveryLeads.Select(l => l.Text()))),
        ("delivery_partners", (_, row) => string.Join("; ", row.DeliveryLeads.Select(l => IdOf(l.Partner)).Where(p => p.Length > 0).Distinct())),
        ("status", (_, row) => Word(row.Status)),
        ("status_label", (_, row) => row.StatusLabel),
        ("direction", (_, row) => Word(row.Direction)),
        ("workflow_state", (_, row) => Word(row.State)),
        ("red_periods", (_, row) => row.RedPeriods.ToString(CultureInfo.InvariantCulture)),
        ("status_reason", (_, row) => row.StatusReason),
        ("narrative", (_, row) => row.Narrative),
        ("opportunities", (_, row) => row.Opportunities),
        ("evidence_links", (_, row) => string.Join("; ", row.EvidenceLinks)),
        ("cross_references", (_, row) => string.Join("; ", row.CrossReferences)),
        ("not_shown", (_, row) => string.Join("; ", row.Withheld.Select(w => $"{w.Field}: {w.Reason}").Prepend(row.BlankReason).Where(t => t.Length > 0))),
        ("delivery_partners_now", (_, row) => string.Join("; ", row.DeliveryLeads
            .SelectMany(l => l.Successors.Count > 0 ? [.. l.Successors] : new[] { l.Partner }).Select(IdOf).Where(p => p.Length > 0).Distinct())),
        ("report", (report, _) => report.Number > 0 ? report.Number.ToString(CultureInfo.InvariantCulture) : ""),
    ];

    public static byte[] Write(ProgressReport report)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, CsvReport.Rfc4180))
        {
            foreach (var (name, _) in Columns)
                csv.WriteField(name);

            foreach (var row in report.Rows)
            {
                csv.NextRecord();
                foreach (var (_, value) in Columns)
                    csv.WriteField(SpreadsheetCell.Neutralise(value(report, row)));
            }

            csv.NextRecord();
        }

        return bytes.ToArray();
    }

    private static string IdOf(string name) => name[(name.LastIndexOf('/') + 1)..];

    // NOT_STARTED; empty where there is none.
    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString() is "Unspecified" ? "" : string.Concat(value.ToString().Select(
            (c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
