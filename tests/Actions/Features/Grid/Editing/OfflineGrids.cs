using Google.Api;
using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Actions.Tests.Features.Grid.Editing;

/// <summary>Exports grids, edits them as a spreadsheet program would, and sends them back.</summary>
internal static class OfflineGrids
{
    public static async Task<ByteString> ExportAsync(ActionsServer server, Format format, string period = "2018-10")
    {
        HttpBody body = await server.Grids.ExportGridAsync(
            new ExportGridRequest { Parent = "plans/fenland", Period = period, Format = format }, cancellationToken: Deadline.Token);
        return body.Data;
    }

    public static async Task<ImportGridResponse> SendBackAsync(ActionsServer server, ByteString content, string period = "2018-10") =>
        await server.Grids.ImportGridAsync(
            new ImportGridRequest { Parent = "plans/fenland", Period = period, FileName = "edited", Content = content }, cancellationToken: Deadline.Token);

    // As a spreadsheet program would save it: the same parts with another text.
    public static ByteString Edit(ByteString content, Format format, params (string Old, string New)[] edits)
    {
        if (format == Format.Csv)
            return ByteString.CopyFromUtf8(edits.Aggregate(content.ToStringUtf8(), (text, e) => text.Replace(e.Old, e.New, StringComparison.Ordinal)));

        using var bytes = new MemoryStream();
        bytes.Write(content.Span);
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.Entries.Single(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal) && e.Name.EndsWith(".xml", StringComparison.Ordinal));
            string xml;
            using (var reader = new StreamReader(entry.Open()))
                xml = reader.ReadToEnd();
            var name = entry.FullName;
            entry.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(edits.Aggregate(xml, (text, e) => text.Replace(e.Old, e.New, StringComparison.Ordinal)));
        }

        return ByteString.CopyFrom(bytes.ToArray());
    }
}
