using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Caching;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>Has a host tell of what is committed to a database, and hear of what others commit to it.</summary>
public static class ChangesHosting
{
    /// <summary>For a database that several processes share and that is watched, or read from memory. After its storage.</summary>
    public static void AddChanges<TContext>(this IHostApplicationBuilder builder)
        where TContext : DbContext
    {
        builder.Services.AddSingleton<CommitNews<TContext>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CommitNews<TContext>>());
        builder.Services.AddSingleton<ChangeSignal<TContext>>();
        builder.Services.AddSingleton<WatchLoop<TContext>>();
    }
}
