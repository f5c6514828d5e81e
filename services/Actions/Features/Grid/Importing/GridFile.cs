using Google.Protobuf;
using PlanServices.Actions.Features.Grid.Editing;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Grid.Tables;
using PlanServices.ServiceDefaults.Errors;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>An uploaded grid: text, or the records of a table. What it is, its content says, not its name.</summary>
internal sealed class GridFile
{
    // Of a file as a whole little is said.
    private const int MostFound = 1000;

    private readonly IEnumerable<TableRecord>? _records;
    private readonly Func<TextReader> _text = () => TextReader.Null;
    private readonly Findings _found = new(MostFound);

    /// <summary>INVALID_ARGUMENT where it is no grid of the stated format, or of any.</summary>
    public GridFile(ByteString content, Format stated)
    {
        if (!Enum.IsDefined(stated))
            throw ApiErrors.InvalidField("format", $"{(int)stated} is no format.");

        try
        {
            if (!GridContent.IsZip(content))
            {
                _text = GridContent.Text(content, _found);
                var exported = CsvTable.FirstLine(_text).Contains(GridCells.EtagHeading, StringComparison.OrdinalIgnoreCase);
                Format = stated != Format.Unspecified ? stated : exported || GridContent.LooksLikeCsv(_text) ? Format.Csv : Format.TextGrid;
                Require(stated, Format is Format.Csv or Format.TextGrid, "text");
                if (Format == Format.Csv)
                {
                    CsvTable.CheckQuotes(_text);
                    _records = CsvTable.Read(_text, exported);
                }

                return;
            }

            using var file = OfficeFile.Open(GridContent.Archive(content));
            if (XlsxTable.Is(file))
            {
                Require(stated, stated is Format.Unspecified or Format.Xlsx, "an Excel workbook (FORMAT_XLSX)");
                (Format, _records) = (Format.Xlsx, XlsxTable.Read(file, _found));
            }
            else if (DocxTable.Is(file))
            {
                Require(stated, stated is Format.Unspecified or Format.Docx, "a Word document (FORMAT_DOCX)");
                (Format, _records) = (Format.Docx, DocxTable.Read(file));
            }
            else
            {
                throw GridContent.Unreadable("It is a zip archive, but no Excel workbook and no Word document.");
            }
        }
        catch (UnreadableGridException e)
        {
            throw GridContent.Unreadable(e.Message);
        }
    }

    /// <summary>What the content is.</summary>
    public Format Format { get; }

    /// <summary>A grid that was exported here and edited; null where it is another one.</summary>
    public EditedSheet? Edited() =>
        _records is not null && EditedSheet.Is(_records) ? Readable(() => EditedSheet.Read(_records, _found.Clone(int.MaxValue))) : null;

    /// <summary>Reads the grid in the light of what the plan holds.</summary>
    /// <param name="context">What the plan holds.</param>
    /// <param name="most">How many diagnostics are kept.</param>
    public GridReading Read(GridContext context, int most)
    {
        var findings = _found.Clone(most);
        return Readable(() => _records is null ? GridReader.ReadText(Text(), context, findings) : GridReader.ReadTable(_records, context, findings));
    }

    private static T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnreadableGridException e)
        {
            throw GridContent.Unreadable(e.Message);
        }
    }

    private string Text()
    {
        using var reader = _text();
        return reader.ReadToEnd();
    }

    private static void Require(Format stated, bool fits, string what)
    {
        if (!fits)
            throw GridContent.Unreadable($"It is {what}, not what was stated, {stated}.");
    }
}
