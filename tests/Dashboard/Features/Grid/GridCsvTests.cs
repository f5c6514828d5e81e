using System.Globalization;
using CsCheck;
using CsvHelper;
using PlanServices.Dashboard.Features.Grid.Exporting;
using PlanServices.ServiceDefaults.Text;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Dashboard.Tests.Features.Grid;

/// <summary>Whatever a text contains, the downloaded grid has one row an action.</summary>
public sealed class GridCsvTests
{
    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\rlines")]
    public void Write_LineEndAlone_StaysInItsCell(string text) => Check(text);

    [Fact]
    public void Write_AnyText_ComesBackWhole() => UnicodeText.Any.Sample(Check);

    private static void Check(string text)
    {
        var row = GridColumns.Headings.Select(_ => text).ToArray();

        using var csv = new CsvReader(new StreamReader(new MemoryStream(GridCsv.Write(new GridColumns("", "", [row])))), CultureInfo.InvariantCulture);

        Assert.True(csv.Read() && csv.ReadHeader() && csv.Read());
        Assert.Equal(row, GridColumns.Headings.Select(h => SpreadsheetCell.Restore(csv.GetField(h)!)));
        Assert.False(csv.Read());
    }
}
