using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Auditing;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Gives a service its database.</summary>
public static class StorageHosting
{
    /// <summary>
    /// Registers the pooled context, its one writer, its audit log, the migration that brings the database up before anything else starts, and
    /// its readiness check. The database is the one that <c>ConnectionStrings:{name}</c> says.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The database's name; with an audit log, the service's.</param>
    /// <param name="audited">Whether the service's audit log is in this database.</param>
    public static void AddStorage<TContext>(this IHostApplicationBuilder builder, string name, bool audited = true)
        where TContext : DbContext
    {
        var connectionString = builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is missing: where the service keeps its data.");

        builder.Services.AddPooledDbContextFactory<TContext>(options => options
            .UseSqlite(connectionString)
            .AddInterceptors(new SqliteSettings()));
        builder.Services.AddSingleton<Migration<TContext>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Migration<TContext>>());
        builder.Services.AddSingleton<SingleWriter<TContext>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SingleWriter<TContext>>());
        if (audited)
        {
            builder.Services.AddSingleton<AuditLog>(services => new AuditLog<TContext>(
                name, services.GetRequiredService<IDbContextFactory<TContext>>(), services.GetRequiredService<SingleWriter<TContext>>()));
        }

        builder.Services.AddHealthChecks().AddCheck<StorageCheck<TContext>>($"{name} storage");
    }
}
