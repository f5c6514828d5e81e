using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Features.Directory;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Partners.Data;

/// <summary>
/// Loads the reference data into an empty directory before the host serves. It is one transaction: a start that was killed in
/// the middle leaves the directory empty, and the next start loads it.
/// </summary>
internal sealed partial class DirectoryLoad(
    IDbContextFactory<PartnersContext> contexts, TimeProvider time, ILogger<DirectoryLoad> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Partners.AnyAsync(cancellationToken))
            return;

        var now = time.GetUtcNow().UtcDateTime;
        var state = await context.DirectoryStates.SingleOrDefaultAsync(cancellationToken)
            ?? context.DirectoryStates.Add(new DirectoryState()).Entity;
        state.Revision++;
        var partners = ReferenceData.Read();
        foreach (var partner in partners)
            context.Partners.Add(PartnerMapping.ToEntity(partner, ResourceName.Partner.TryParse(partner.Name)![0], state.Revision, now));

        await context.SaveChangesAsync(cancellationToken);
        Log.Loaded(logger, partners.Count);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Partners} partners into the new directory")]
        public static partial void Loaded(ILogger logger, int partners);
    }
}
