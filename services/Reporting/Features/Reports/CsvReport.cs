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
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
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
        ("Key delivery activities", r => r.Narrative),
        ("Status", r => r.Status == Status.Unspecified ? "" : r.StatusLabel),
        ("Status reason", r => r.StatusReason),
        ("Direction of travel", r => r.Direction == Direction.Unspecified ? "" : r.Direction.Word()),
        ("Wider partnership opportunities", r => r.Opportunities),
        ("Evidence links", r => string.Join('\n', r.EvidenceLinks)),
        ("Cross-references", r => string.Join(", ", r.CrossReferences)),
        ("Workflow state", r => r.State.Word()),
    ];

    public static byte[] Write(ProgressReport report)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, Configuration))
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
