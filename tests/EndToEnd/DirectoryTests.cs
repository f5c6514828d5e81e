using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

/// <summary>The directory and the catalogue as one: what an officer settles reaches the plan.</summary>
public sealed class DirectoryTests
{
    private const string Action = "plans/fenland/actions/V1";

    [Fact]
    public async Task SettleLead_OfAnUnmatchedText_TheCataloguesLeadFollowsAndShowsItsSuccessor()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StandaloneProcess.StartAsync(folder.Path);
        await new GridService.GridServiceClient(server.Channel).ImportGridAsync(
            new ImportGridRequest
            {
                Parent = "plans/fenland",
                Period = "2018-07",
                Format = ImportGridRequest.Types.Format.Csv,
                FileName = "grid.csv",
                Content = ByteString.CopyFromUtf8(
                    "Theme,Ref,Priority action,OPCC lead,Delivery lead,Status\nVictims,V1,Answer calls,NP,Blue Lantern Desk,Green\n"),
                CreateMissing = true,
            },
            cancellationToken: Deadline.Token);
        var partners = new PartnerService.PartnerServiceClient(server.Channel);
        var unmatched = await partners.ListUnmatchedLeadsAsync(new ListUnmatchedLeadsRequest(), cancellationToken: Deadline.Token);
        Assert.Equal("Blue Lantern Desk", Assert.Single(unmatched.LeadReviews).Text);

        using var settled = await server.Http.PostAsJsonAsync(
            "/v1/unmatchedLeads:settle",
            new { text = "blue lantern desk", partner = "partners/cambridgeshire-peterborough-ccg" },
            Deadline.Token);
        Assert.True(settled.IsSuccessStatusCode, await settled.Content.ReadAsStringAsync(Deadline.Token));

        var deadline = Deadline.Token;
        JsonElement lead;
        do
        {
            var action = await server.Http.GetFromJsonAsync<JsonElement>($"/v1/{Action}", deadline);
            lead = action.GetProperty("deliveryLeads")[0];
        }
        while (lead.GetProperty("partner").GetString() is "");

        Assert.Equal("partners/cambridgeshire-peterborough-ccg", lead.GetProperty("partner").GetString());
        Assert.Equal("partners/cambridgeshire-peterborough-icb", lead.GetProperty("successors")[0].GetString());
        var again = await partners.ListUnmatchedLeadsAsync(new ListUnmatchedLeadsRequest(), cancellationToken: Deadline.Token);
        Assert.Empty(again.LeadReviews);
    }
}
