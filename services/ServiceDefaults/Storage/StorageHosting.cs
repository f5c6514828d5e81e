using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Auditing;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Gives a service its database.</summary>
public static class StorageHosting
{
    /// <summary>
    /// Registers the pooled context, its one writer, its audit log, the migration that brings the database up before anything else starts, and
    /// its readiness check. The database is the one that <c>ConnectionStrings:{name}</c> says: an SQLite file, or one on SQL Server where
    /// the string names a server.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The database's name; with an audit log, the service's.</param>
    /// <param name="audited">Whether the service's audit log is in this database.</param>
    /// <typeparam name="TContext">The context, whose own migrations are those for SQLite.</typeparam>
    /// <typeparam name="TSqlServer">The type to which the migrations for SQL Server belong.</typeparam>
    public static void AddStorage<TContext, TSqlServer>(this IHostApplicationBuilder builder, string name, bool audited = true)
        where TContext : DbContext
        where TSqlServer : TContext
    {
        var connectionString = builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is missing: where the service keeps its data.");

        var engine = Engine.For(connectionString);
        builder.Services.AddPooledDbContextFactory<TContext>(options => engine.Use(options, connectionString));
        builder.Services.AddSingleton(new Migration<TContext>(
            engine, connectionString, () => engine.Migrator<TContext, TSqlServer>(connectionString)));
        builder.Services.AddSingleton<Migration>(services => services.GetRequiredService<Migration<TContext>>());
        builder.Services.AddHostedService<Migrations>();
        builder.Services.AddSingleton<SingleWriter<TContext>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SingleWriter<TContext>>());
        builder.Services.AddSingleton<OpenReads<TContext>>();
        if (audited)
        {
            builder.Services.AddSingleton<AuditLog>(services => new AuditLog<TContext>(
                name, services.GetRequiredService<IDbContextFactory<TContext>>(), services.GetRequiredService<SingleWriter<TContext>>()));
        }

        builder.Services.AddHealthChecks().AddCheck<StorageCheck<TContext>>($"{name} storage");
    }
}
