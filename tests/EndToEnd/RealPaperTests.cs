using System.Text.Json;
using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.EndToEnd.Tests;

/// <summary>The main job on the real paper: the October 2018 grid goes in, a board report comes out.</summary>
public sealed class RealPaperTests : IAsyncLifetime
{
    private const string Plan = "plans/cambridgeshire-2017";

    private readonly TemporaryFolder _folder = new();
    private StandaloneProcess _server = null!;
    private ImportGridResponse _imported = null!;

    public async ValueTask InitializeAsync()
    {
        var paper = await File.ReadAllBytesAsync(Papers.October2018, Deadline.Token);
        _server = await StandaloneProcess.StartAsync(_folder.Path);
        _imported = await ImportAsync(paper);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();

        _folder.Dispose();
    }

    [Fact]
    public async Task Import_RealPaper_FortyActionsFortyFourRows()
    {
        var actions = await new ActionService.ActionServiceClient(_server.Channel).ListPlanActionsAsync(
            new ListPlanActionsRequest { Parent = Plan, PageSize = 1000 }, cancellationToken: Deadline.Token);
        var themes = await new PlanService.PlanServiceClient(_server.Channel).ListThemesAsync(
            new ListThemesRequest { Parent = Plan }, cancellationToken: Deadline.Token);

        Assert.Equal((44, 0, 0), (_imported.Created, _imported.Changed, _imported.Unchanged));
        Assert.Equal(["Victims", "Offenders", "Communities", "Transformation"], themes.Themes.Select(t => t.DisplayName));
        Assert.Equal(40, actions.PlanActions.Count(a => a.ParentAction.Length == 0));
        Assert.Equal(44, actions.PlanActions.Count(a => a.Leaf));
        Assert.All(actions.PlanActions.Where(a => !a.Leaf), a => Assert.Empty(a.DeliveryLeads));
    }

    [Fact]
    public async Task Import_RealPaper_NineOfTenLeadsAreLinked()
    {
        var actions = await new ActionService.ActionServiceClient(_server.Channel).ListPlanActionsAsync(
            new ListPlanActionsRequest { Parent = Plan, PageSize = 1000 }, cancellationToken: Deadline.Token);
        var leads = actions.PlanActions.SelectMany(a => a.DeliveryLeads).ToArray();

        Assert.True(leads.Length >= 44, $"{leads.Length} leads");
        Assert.True(leads.Count(l => l.Partner.Length > 0) >= 0.9 * leads.Length, string.Join("; ", leads.Where(l => l.Partner.Length == 0)));
    }

    [Fact]
    public async Task Import_RealPaper_InventsNoStatusAndNoDirection()
    {
        var updates = await new ProgressService.ProgressServiceClient(_server.Channel).ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = $"{Plan}/actions/-", Period = "2018-10", PageSize = 1000 },
            cancellationToken: Deadline.Token);

        Assert.Equal(44, updates.ProgressUpdates.Count);
        Assert.All(updates.ProgressUpdates, u => Assert.Equal(Status.Unspecified, u.Status));
        Assert.Equal(
            [$"{Plan}/actions/C3/updates/2018-10", $"{Plan}/actions/T3/updates/2018-10"],
            updates.ProgressUpdates.Where(u => u.Direction == Direction.Improved).Select(u => u.Name));
        Assert.Equal(42, updates.ProgressUpdates.Count(u => u.Direction == Direction.Unspecified));
    }

    [Fact]
    public async Task Import_RealPaperAgain_NothingChanges()
    {
        var again = await ImportAsync(await File.ReadAllBytesAsync(Papers.October2018, Deadline.Token));

        Assert.Equal((0, 0, 44), (again.Created, again.Changed, again.Unchanged));
        Assert.Equal(_imported.Revision, again.Revision);
    }

    [Fact]
    public async Task Json_RealPaper_ListsTheUpdates()
    {
        using var answer = JsonDocument.Parse(
            await _server.Http.GetStringAsync($"/v1/{Plan}/actions/-/updates?period=2018-10", Deadline.Token));

        Assert.Equal(44, answer.RootElement.GetProperty("progressUpdates").GetArrayLength());
    }

    [Fact]
    public async Task RenderReport_RealPaper_HasEachRowInEachFormat()
    {
        var csv = await RenderAsync(Format.Csv);
        var json = ProgressReport.Parser.ParseJson(await RenderAsync(Format.Json));
        var html = await RenderAsync(Format.Html);

        using var records = new CsvHelper.CsvReader(new StringReader(csv), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(44, records.GetRecords<dynamic>().Count());
        Assert.Equal(44, json.Rows.Count);
        Assert.Equal(44, json.Summary.Total.Leaves);
        Assert.Equal(44, json.Summary.Total.Statuses.NotRecorded);
        Assert.All(json.Rows, r => Assert.Contains(r.Ref, html, StringComparison.Ordinal));
    }

    private async Task<string> RenderAsync(Format format)
    {
        var body = await new ReportService.ReportServiceClient(_server.Channel).RenderReportAsync(
            new RenderReportRequest { Name = $"{Plan}/periods/2018-10", Format = format },
            new Grpc.Core.Metadata { { "planservices-min-revision", $"{_imported.Revision}" } },
            cancellationToken: Deadline.Token);
        return body.Data.ToStringUtf8();
    }

    private async Task<ImportGridResponse> ImportAsync(byte[] paper) =>
        await new GridService.GridServiceClient(_server.Channel).ImportGridAsync(
            new ImportGridRequest
            {
                Parent = Plan,
                Period = "2018-10",
                Format = ImportGridRequest.Types.Format.TextGrid,
                FileName = "october-2018.txt",
                Content = ByteString.CopyFrom(paper),
                CreateMissing = true,
            },
            cancellationToken: Deadline.Token);
}
