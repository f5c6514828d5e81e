using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Dashboard.Features.Grid.Exporting;

/// <summary>The rows as comma-separated values, that Excel opens.</summary>
internal static class GridCsv
{
    // With its line end named, the library would leave a cell with another one unquoted.
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture);

    public static byte[] Write(GridColumns grid)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, Configuration))
        {
            foreach (var row in grid.Rows.Prepend(GridColumns.Headings))
            {
                foreach (var cell in row)
                    csv.WriteField(SpreadsheetCell.Neutralise(cell));
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }
}
