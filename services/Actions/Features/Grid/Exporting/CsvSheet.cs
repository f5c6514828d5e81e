using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Exporting;

/// <summary>A grid as comma-separated values, every cell in quotes, so that nothing of a text is lost.</summary>
internal static class CsvSheet
{
    public static byte[] Write(ExportedGrid grid)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", ShouldQuote = _ => true }))
        {
            foreach (var heading in ExportedGrid.Headings)
                csv.WriteField(heading);

            csv.NextRecord();
            foreach (var row in grid.Rows)
            {
                foreach (var cell in grid.CellsOf(row))
                    csv.WriteField(SpreadsheetCell.Neutralise(cell));
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }
}
