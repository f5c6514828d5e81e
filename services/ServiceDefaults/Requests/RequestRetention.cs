using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>
/// Forgets, once a day, which requests were answered over thirty days ago: nobody sends a request again so late, and the answers hold
/// texts that are kept for nothing else.
/// </summary>
public sealed partial class RequestRetention<TContext>(
    IDbContextFactory<TContext> contexts,
    SingleWriter<TContext> writer,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<RequestRetention<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private const int AtATime = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (true)
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The service does not need it done today.
                Log.Failed(logger, e);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = (time.GetUtcNow() - Kept).UtcDateTime;
        while (await FindAsync(before, cancellationToken) is [_, ..] ids)
        {
            await writer.WriteAsync(
                async (db, token) => new Written<int>(
                    await db.Set<StoredRequest>().Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(token), Changed: false),
                cancellationToken);
        }
    }

    private async Task<List<string>> FindAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<StoredRequest>().Where(r => r.Time < before).OrderBy(r => r.Time).Select(r => r.Id).Take(AtATime)
            .ToListAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Old answers to request ids could not be deleted; it is tried again tomorrow")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
