using System.Globalization;
using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.OpenApi;

/// <summary>The running suite with the sample's grid imported, and the document of its JSON face.</summary>
public sealed class DescribedSuite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public StandaloneProcess Server { get; private set; } = null!;

    public string Text { get; private set; } = "";

    /// <summary>The plan's revision after the import.</summary>
    public string Revision { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await StandaloneProcess.StartAsync(_folder.Path);
        var grid = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "plans", "sample", "2018-10.csv"), Deadline.Token);
        var imported = await new GridService.GridServiceClient(Server.Channel).ImportGridAsync(
            new ImportGridRequest { Parent = "plans/cambridgeshire-2017", Period = "2018-10", Content = ByteString.CopyFrom(grid), CreateMissing = true },
            cancellationToken: Deadline.Token);
        Revision = imported.Revision.ToString(CultureInfo.InvariantCulture);
        Text = await Server.Http.GetStringAsync("/openapi/v1.json", Deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();

        _folder.Dispose();
    }
}
