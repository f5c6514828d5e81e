using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Auditing;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Data;

/// <summary>
/// The read model: what the catalogue holds, as far as it was followed. It can be thrown
/// away, and comes back by itself; with it goes the log of who was denied a report.
/// </summary>
public class ReportingContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<FollowedPlan> Plans => Set<FollowedPlan>();

    public DbSet<FollowedResource> Resources => Set<FollowedResource>();

    public DbSet<FollowedUpdate> Updates => Set<FollowedUpdate>();

    public DbSet<FollowerPosition> Positions => Set<FollowerPosition>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new FollowedPlan.Configuration());
        modelBuilder.ApplyConfiguration(new FollowedResource.Configuration());
        modelBuilder.ApplyConfiguration(new FollowedUpdate.Configuration());
        modelBuilder.ApplyConfiguration(new FollowerPosition.Configuration());
        modelBuilder.ApplyConfiguration(new AuditRow.Configuration());

        modelBuilder.AdaptTo(Database);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
}
