using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Data;

public class DirectoryLoadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_Again_KeepsTheDirectory()
    {
        using var folder = new TemporaryFolder();
        var before = await ListAsync(folder);
        var after = await ListAsync(folder);

        Assert.Equal(ReferenceData.Read().Count, before.Count);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Start_AfterALoadThatDidNotFinish_Loads()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await PartnersHost.StartAsync(folder.Path))
        await using (var context = await ContextAsync(host))
        {
            // As a process leaves it that was killed between the migration and the load.
            await context.Partners.ExecuteDeleteAsync(Cancellation);
            await context.DirectoryStates.ExecuteDeleteAsync(Cancellation);
        }

        Assert.Equal(ReferenceData.Read().Count, (await ListAsync(folder)).Count);
    }

    [Fact]
    public async Task Start_DirectoryWithOneEntryOfItsOwn_AddsNothing()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await PartnersHost.StartAsync(folder.Path))
        await using (var context = await ContextAsync(host))
            await context.Partners.Where(p => p.PartnerId != "why-me").ExecuteDeleteAsync(Cancellation);

        Assert.Equal("partners/why-me", Assert.Single(await ListAsync(folder)).Name);
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
        }

        Assert.Equal(ReferenceData.Read().OrderBy(p => p.Name, StringComparer.Ordinal), stored);
    }

    [Fact]
    public async Task Model_AndMigrations_AreTheSame()
    {
        await using var host = await PartnersHost.StartAsync();
        await using var context = await ContextAsync(host);
        Assert.False(context.Database.HasPendingModelChanges());
    }

    private static Task<PartnersContext> ContextAsync(TestHost host) =>
        host.Services.GetRequiredService<IDbContextFactory<PartnersContext>>().CreateDbContextAsync(Cancellation);

    private static async Task<List<Partner>> ListAsync(TemporaryFolder folder)
    {
        await using var host = await PartnersHost.StartAsync(folder.Path);
        return await new PartnerService.PartnerServiceClient(host.Channel).ListAllAsync(1000);
    }
}
