using System.IO.Compression;
using System.Xml;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>
/// The zip archive that a workbook or document is, opened with bounds: nothing outside of it is ever followed, nothing in it is run, and no
/// more than <see cref="MostBytes"/> of it is unpacked.
/// </summary>
internal sealed class OfficeFile : IDisposable
{
    /// <summary>What is unpacked of one file at the most: 64 MB.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>How many rows are read at the most.</summary>
    public const int MostRows = 200_000;

    /// <summary>How many columns are read at the most.</summary>
    public const int MostColumns = 256;

    /// <summary>
    /// How many cells are kept at the most, those that only stand between others among them: what a short file says of far columns and wide
    /// merges costs memory too.
    /// </summary>
    public const int MostCells = 3_000_000;

    /// <summary>How many characters a cell has at the most, as in Excel.</summary>
    public const int MostCharacters = 32_767;

    private const int MostParts = 10_000;
    private const int DeepestElement = 200;

    private readonly ZipArchive _archive;
    private long _unpacked;

    private OfficeFile(ZipArchive archive) => _archive = archive;

    /// <exception cref="UnreadableGridException">It is no archive, or one that is not read.</exception>
    public static OfficeFile Open(Stream content)
    {
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(content, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostParts)
                throw new UnreadableGridException($"It is an archive of {archive.Entries.Count:N0} parts; at most {MostParts:N0} are opened.");
        }
        catch (InvalidDataException)
        {
            throw new UnreadableGridException("It begins as a workbook or document does, and is cut off or damaged: the list of its parts, at its end, cannot be read.");
        }

        if (archive.Entries.Any(IsMacro))
            throw new UnreadableGridException("It has macros; save it without them.");
        if (archive.Entries.Any(e => e.FullName.StartsWith("xl/externalLinks/", StringComparison.OrdinalIgnoreCase)))
            throw new UnreadableGridException("It takes values from other workbooks; save it with values in their place.");

        var file = new OfficeFile(archive);
        foreach (var part in archive.Entries.Where(e => e.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            file.CheckRelationships(part.FullName);
        return file;
    }

    public bool Has(string part) => _archive.GetEntry(part) is not null;

    /// <summary>A reader of a part; null where the file does not have it.</summary>
    public XmlReader? Xml(string part)
    {
        if (_archive.GetEntry(part) is not { } entry)
            return null;

        // What the archive says of a part's size may be a lie: what comes out is counted.
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };
        return XmlReader.Create(new BoundedStream(entry.Open(), this), settings);
    }

    /// <summary>Reads the next node of a part, with the limits that keep its depth and form sane.</summary>
    public static bool Read(XmlReader reader)
    {
        try
        {
            if (!reader.Read())
                return false;
        }
        catch (XmlException e)
        {
            throw new UnreadableGridException(e.Message.Contains("DTD", StringComparison.Ordinal)
                ? "It declares entities of its own, which no office program writes."
                : $"A part of it is no well-formed XML: {e.Message}");
        }
        catch (InvalidDataException)
        {
            throw new UnreadableGridException("A part of it is damaged and cannot be unpacked.");
        }

        return reader.Depth <= DeepestElement
            ? true
            : throw new UnreadableGridException($"Its elements are nested more than {DeepestElement} deep.");
    }

    /// <summary>The targets of a part's relationships, by id, and whether they lie outside the file.</summary>
    public Dictionary<string, (string Target, bool External)> Relationships(string part)
    {
        var slash = part.LastIndexOf('/');
        return RelationshipsIn($"{part[..(slash + 1)]}_rels/{part[(slash + 1)..]}.rels").ToDictionary(r => r.Id, r => (r.Target, r.External));
    }

    public void Dispose() => _archive.Dispose();

    // A document that was made from a template of the writer's own machine is no danger, and common; nothing of it is shown here.
    private void CheckRelationships(string part)
    {
        foreach (var (_, type, target, external) in RelationshipsIn(part))
        {
            var harmless = type.EndsWith("/hyperlink", StringComparison.Ordinal)
                || (type.EndsWith("/attachedTemplate", StringComparison.Ordinal) && target.StartsWith("file:///", StringComparison.OrdinalIgnoreCase));
            if (external && !harmless)
                throw new UnreadableGridException($"It refers to '{target}' outside of itself; save it with all that it shows.");
        }
    }

    private List<(string Id, string Type, string Target, bool External)> RelationshipsIn(string part)
    {
        Dictionary<string, (string Id, string Type, string Target, bool External)> relationships = [];
        using var reader = Xml(part);
        while (reader is not null && Read(reader))
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && reader.GetAttribute("Id") is { } id)
            {
                relationships[id] = (
                    id,
                    reader.GetAttribute("Type") ?? "",
                    reader.GetAttribute("Target") ?? "",
                    reader.GetAttribute("TargetMode") == "External");
            }
        }

        return [.. relationships.Values];
    }

    // A project in Basic, or a sheet of the older macros.
    private static bool IsMacro(ZipArchiveEntry entry) =>
        entry.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || entry.FullName.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase);

    private void Count(int bytes)
    {
        _unpacked += bytes;
        if (_unpacked > MostBytes)
            throw new UnreadableGridException($"It unpacks to more than {MostBytes >> 20} MB.");
    }

    private sealed class BoundedStream(Stream inner, OfficeFile file) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            file.Count(read);
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
