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
    private readonly string _text = "";
    private readonly IReadOnlyList<TableRecord>? _records;
    private readonly Findings _found = new();

    /// <summary>INVALID_ARGUMENT where it is no grid of the stated format, or of any.</summary>
    public GridFile(ByteString content, Format stated)
    {
        if (!Enum.IsDefined(stated))
            throw ApiErrors.InvalidField("format", $"{(int)stated} is no format.");

        try
        {
            if (!GridContent.IsZip(content))
            {
                var text = GridContent.Decode(content);
                var exported = CsvTable.FirstLine(text).Contains(GridCells.EtagHeading, StringComparison.OrdinalIgnoreCase);
                Format = stated != Format.Unspecified ? stated : exported || GridContent.LooksLikeCsv(text) ? Format.Csv : Format.TextGrid;
                Require(stated, Format is Format.Csv or Format.TextGrid, "text");
                // One of the two is kept: the text of a table would only weigh.
                if (Format == Format.Csv)
                    _records = [.. CsvTable.Read(text, exported)];
                else
                    _text = text;
                return;
            }

            using var file = OfficeFile.Open(GridContent.Bytes(content));
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

    /// <summary>The rows of a grid that was exported here and edited; null where it is another one.</summary>
    public IReadOnlyList<EditedRow>? Edited() => _records is not null && EditedSheet.Is(_records) ? EditedSheet.Read(_records) : null;

    /// <summary>Reads the grid in the light of what the plan holds.</summary>
    public GridReading Read(GridContext context)
    {
        try
        {
            return _records is null ? GridReader.ReadText(_text, context) : GridReader.ReadTable(_records, context, _found.Clone());
        }
        catch (UnreadableGridException e)
        {
            throw GridContent.Unreadable(e.Message);
        }
    }

    private static void Require(Format stated, bool fits, string what)
    {
        if (!fits)
            throw GridContent.Unreadable($"It is {what}, not what was stated, {stated}.");
    }
}
