using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Data;

/// <summary>The directory's main path on each database.</summary>
public sealed class DatabaseTests
{
    [Theory]
    [DatabaseData]
    public async Task Directory_WrittenAndReadAndStartedAgain_IsAllThere(DatabaseKind kind)
    {
        await using var database = TestDatabase.New(kind);
        Partner made;
        await using (var host = await PartnersHost.StartAsync(database: database))
        {
            var client = new PartnerService.PartnerServiceClient(host.Channel);
            made = await client.CreatePartnerAsync(
                new CreatePartnerRequest { PartnerId = "fen-watch", Partner = new Partner { DisplayName = "Žofie's Fen Watch", Kind = Partner.Types.Kind.Service } },
                cancellationToken: Deadline.Token);
            // A text longer than an index of SQL Server takes.
            await client.ResolveLeadsAsync(
                new ResolveLeadsRequest { Texts = { string.Concat(Enumerable.Repeat("unheard of wardens ", 50)) }, Collect = true }, cancellationToken: Deadline.Token);
        }

        await using var again = await PartnersHost.StartAsync(database: database);
        var partners = new PartnerService.PartnerServiceClient(again.Channel);
        Assert.Equal(made, await partners.GetPartnerAsync(new GetPartnerRequest { Name = made.Name }, cancellationToken: Deadline.Token));
        var history = await partners.ListDirectoryRevisionsAsync(
            new ListDirectoryRevisionsRequest { Name = made.Name }, cancellationToken: Deadline.Token);
        Assert.Single(history.Revisions);
    }
}
