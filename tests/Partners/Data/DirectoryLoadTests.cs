using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Data;

public class DirectoryLoadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_Again_KeepsTheDirectoryAndItsRevision()
    {
        using var folder = new TemporaryFolder();
        var before = await ListAsync(folder);
        var after = await ListAsync(folder);

        Assert.Equal(ReferenceData.Partners().Count, before.Count);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Load_OfTheReferenceData_KeepsEveryField()
    {
        using var folder = new TemporaryFolder();
        var stored = await ListAsync(folder);
        foreach (var partner in stored)
        {
            partner.CreateTime = partner.UpdateTime = null;
            partner.Etag = "";
            partner.Revision = 0;
            partner.Successors.Clear();
        }

        Assert.Equal(ReferenceData.Partners().OrderBy(p => p.Name, StringComparer.Ordinal), stored);
    }

    [Fact]
    public async Task Start_WithANewerRelease_TakesItsFieldsButNotThoseThatUsersChanged()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await PartnersHost.StartAsync(folder.Path))
        {
            await new PartnerService.PartnerServiceClient(host.Channel).UpdatePartnerAsync(
                new UpdatePartnerRequest { Partner = new Partner { Name = "partners/why-me", Description = "What we say of it." } }, Calls.Options);

            // As the release before had it: another description, and another web address.
            await using var db = await ContextAsync(host);
            var entry = await db.ReferenceEntries.SingleAsync(r => r.Name == "partners/why-me", Cancellation);
            var stored = await db.Partners.SingleAsync(p => p.PartnerId == "why-me", Cancellation);
            var last = Partner.Parser.ParseFrom(entry.Message);
            last.WebUri = stored.WebUri = "https://old.example.org";
            entry.Message = last.ToByteArray();
            await db.SaveChangesAsync(Cancellation);
        }

        var partner = (await ListAsync(folder)).Single(p => p.Name == "partners/why-me");
        var release = ReferenceData.Partners().Single(p => p.Name == "partners/why-me");
        Assert.Equal("What we say of it.", partner.Description);
        Assert.Equal(release.WebUri, partner.WebUri);
        Assert.Equal(3, partner.Revision);
    }

    [Fact]
    public async Task Start_EntryThatIsNew_IsMadeAndOneThatWasTakenOutIsNot()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await PartnersHost.StartAsync(folder.Path))
        await using (var db = await ContextAsync(host))
        {
            await db.Partners.Where(p => p.PartnerId == "why-me" || p.PartnerId == "suzy-lamplugh-trust").ExecuteDeleteAsync(Cancellation);
            await db.ReferenceEntries.Where(r => r.Name == "partners/why-me").ExecuteDeleteAsync(Cancellation);
        }

        var names = (await ListAsync(folder)).ConvertAll(p => p.Name);
        Assert.Contains("partners/why-me", names);
        Assert.DoesNotContain("partners/suzy-lamplugh-trust", names);
    }

    [Fact]
    public async Task Start_RelationThatUsersEnded_StaysEnded()
    {
        using var folder = new TemporaryFolder();
        var name = ReferenceData.Relations().First(r => r.EndDate is null).Name;
        await using (var host = await PartnersHost.StartAsync(folder.Path))
        {
            await new PartnerService.PartnerServiceClient(host.Channel).EndRelationAsync(
                new EndRelationRequest { Name = name, EndDate = new() { Year = 2030, Month = 1, Day = 31 } }, Calls.Options);
        }

        await using var again = await PartnersHost.StartAsync(folder.Path);
        var relations = await new PartnerService.PartnerServiceClient(again.Channel).ListRelationsAsync(
            new ListRelationsRequest { PageSize = 1000 }, Calls.Options);
        Assert.Equal(2030, relations.Relations.Single(r => r.Name == name).EndDate.Year);
        Assert.Equal(ReferenceData.Relations().Count, relations.Relations.Count);
    }

    [Fact]
    public async Task Start_WithAHomeAreaThatIsNone_IsRefused() =>
        await Assert.ThrowsAsync<StartRefusedException>(() => TestHost.StartAsync(
            b => b.AddPartners(), a => a.MapPartners(), ["partners"], new Dictionary<string, string?> { ["Partners:HomeArea"] = "atlantis" }));

    private static Task<PartnersContext> ContextAsync(TestHost host) =>
        host.Services.GetRequiredService<IDbContextFactory<PartnersContext>>().CreateDbContextAsync(Cancellation);

    private static async Task<List<Partner>> ListAsync(TemporaryFolder folder)
    {
        await using var host = await PartnersHost.StartAsync(folder.Path);
        return await new PartnerService.PartnerServiceClient(host.Channel).ListAllAsync(1000);
    }
}
