using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>Puts the cache into a host.</summary>
internal static class CachingHosting
{
    /// <summary>Answers are kept in the process, and in Redis where <c>ConnectionStrings:cache</c> says where it is.</summary>
    public static void AddCaching(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CachingOptions>().BindConfiguration(CachingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<CacheMetrics>();
        builder.Services.AddSingleton(services => new AnswerCache(
            services.GetRequiredService<IOptions<CachingOptions>>(),
            services.GetRequiredService<CacheMetrics>(),
            services.GetRequiredService<ILoggerFactory>(),
            services.GetService<SharedCache>()));
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(RedisConnection.Name)))
            return;

        builder.Services.AddSingleton<RedisConnection>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RedisConnection>());
        builder.Services.AddSingleton<IStartCheck>(services => services.GetRequiredService<RedisConnection>());
        builder.Services.AddSingleton<SharedCache>();
        builder.Services.AddHealthChecks().AddCheck<SharedCache>(RedisConnection.Name);
    }
}
