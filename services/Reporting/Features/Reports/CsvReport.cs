using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Text;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>A report as comma-separated values: the paper's columns, one row a leaf; the catalogue's import reads it back.</summary>
internal static class CsvReport
{
    /// <summary>RFC 4180: what holds a line end of any kind is quoted, and so is white space at an end that a reader would trim.</summary>
    internal static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = args => args.Field is { } cell && (cell.AsSpan().IndexOfAny("\r\n,\"") >= 0 || cell.AsSpan().Trim().Length != cell.Length),
    };

    private static readonly (string Heading, Func<ReportRow, string> Cell)[] Columns =
    [
        ("Theme", r => r.ThemeDisplayName),
        ("Ref", r => r.Ref),
        ("Priority action", r => r.Title),
        ("Notes", r => string.Join('\n', r.Notes)),
        ("OPCC lead", r => string.Join(" / ", r.OpccLeads)),
        ("Delivery lead", r => r.Leads()),
        ("Key delivery activities", r => r.BlankReason.Length > 0 ? $"[{r.BlankReason}]" : NotShown(r, "narrative") ?? r.Narrative),
        ("Status", r => NotShown(r, "status") ?? (r.Status == Status.Unspecified ? "" : r.StatusLabel)),
        ("Status reason", r => NotShown(r, "status_reason") ?? r.StatusReason),
        ("Direction of travel", r => NotShown(r, "direction") ?? (r.Direction == Direction.Unspecified ? "" : r.Direction.Word())),
        ("Wider partnership opportunities", r => NotShown(r, "opportunities") ?? r.Opportunities),
        ("Evidence links", r => NotShown(r, "evidence_links") ?? string.Join('\n', r.EvidenceLinks)),
        ("Cross-references", r => string.Join(", ", r.CrossReferences)),
        ("Workflow state", r => r.BlankReason.Length > 0 ? "Not shown" : r.State.Word()),
    ];

    private static string? NotShown(ReportRow row, string field) =>
        row.Withheld.FirstOrDefault(w => w.Field == field) is { } withheld ? $"[Not shown: {withheld.Reason}]" : null;

    public static byte[] Write(ProgressReport report)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, Rfc4180))
        {
            foreach (var (heading, _) in Columns)
                csv.WriteField(heading);

            foreach (var row in report.Rows)
            {
                csv.NextRecord();
                foreach (var (_, cell) in Columns)
                    csv.WriteField(SpreadsheetCell.Neutralise(cell(row)));
            }

            csv.NextRecord();
        }

        return bytes.ToArray();
    }
}
