using Microsoft.EntityFrameworkCore;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Contexts whose connection is open from the beginning, as statements that are prepared on it want it.</summary>
public static class OpenContexts
{
    public static async Task<TContext> OpenAsync<TContext>(this IDbContextFactory<TContext> contexts, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
