using System.Globalization;
using System.Text;
using CsCheck;
using CsvHelper;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Reports;
using PlanServices.ServiceDefaults.Text;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Reports;

public sealed class FactsTests
{
    // Others read these by name: a change of this line breaks their dashboards.
    private const string Header =
        "plan,period,as_at_date,plan_revision,ref,parent_ref,theme,theme_name,title,opcc_leads,delivery_leads,delivery_partners,status,status_label,"
        + "direction,workflow_state,red_periods,status_reason,narrative,opportunities,evidence_links,cross_references,not_shown,delivery_partners_now,report";

    [Fact]
    public async Task Export_Json_IsOneRowALeafUnderStableNames()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(
            Leaf("V1", a => a.DeliveryLeads.Add(new DeliveryLead { Text = "Police", Partner = "partners/police", Qualifier = "DA" })), Leaf("V2"),
            Update("V1", Status.NotStarted, u => (u.Direction, u.Narrative) = (Direction.NoChange, "=HYPERLINK(1)")))));
        await server.SummaryAsync(1);

        using var answer = await server.Host.Http.GetAsync(new Uri($"/v1/{PeriodName}/facts.csv", UriKind.Relative), Deadline.Token);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Deadline.Token);

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.True(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        Assert.Equal(Header, lines[0]);
        Assert.Equal(
            "county,2018-10,,1,V1,,victims,Victims,Action V1,,Police (DA),police,NOT_STARTED,Not started,NO_CHANGE,SUBMITTED,0,,'=HYPERLINK(1),,,,,police,",
            lines[1]);
        Assert.Equal("county,2018-10,,1,V2,,victims,Victims,Action V2,,,,,Not recorded,,,0,,,,,,,,", lines[2]);
        Assert.Equal([""], lines[3..]);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\rlines")]
    [InlineData("two\r\nlines")]
    [InlineData(" at the end ")]
    [InlineData("a\0b")]
    public void Write_AwkwardText_ComesBackWhole(string text) => CheckFacts(text);

    [Fact]
    public void Write_AnyText_ComesBackWhole() => UnicodeText.Any.Sample(CheckFacts);

    [Fact]
    public async Task Export_UnknownPeriod_IsNotFound()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()), Checkpoint("c"));
        await server.SummaryAsync(1);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Reports.ExportFactsAsync(
            new PlanServices.Reporting.V1.ExportFactsRequest { Name = "plans/county/periods/2030-01" }, cancellationToken: Deadline.Token));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("FORMAT_PDF")]
    [InlineData("0")]
    public async Task Render_FormatThatIsNone_NamesThoseThatAre(string format)
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()), Checkpoint("c"));

        using var answer = await server.Host.Http.GetAsync(new Uri($"/v1/{PeriodName}:renderReport?format={format}", UriKind.Relative), Deadline.Token);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        var said = await answer.Content.ReadAsStringAsync(Deadline.Token);
        Assert.All(ReportRenderer.Formats, f => Assert.Contains($"FORMAT_{f.ToString().ToUpperInvariant()}", said, StringComparison.Ordinal));
    }

    private static void CheckFacts(string text)
    {
        var theme = new Theme { Name = "plans/county/themes/victims", DisplayName = "Victims", Position = 1 };
        var report = ProgressReports.Of(
            ReportMaterials.Alone([theme], [PlanStateMaker.Leaf(new Random(2), theme, "V1", text)]), PartnerDirectory.OutOfReach, ReportMaterials.Today);
        report.Rows[0].Narrative = text;

        using var csv = new CsvReader(new StreamReader(new MemoryStream(FactsTable.Write(report))), CultureInfo.InvariantCulture);

        Assert.True(csv.Read() && csv.ReadHeader() && csv.Read());
        Assert.Equal(text, SpreadsheetCell.Restore(csv.GetField("narrative")!));
        Assert.False(csv.Read());
    }
}
