using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Auditing;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Data;

/// <summary>The catalogue: plans, what belongs to them, and the change log of each plan.</summary>
public class ActionsContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<PlanEntity> Plans => Set<PlanEntity>();

    /// <summary>The plans that are there: not those that were deleted.</summary>
    public IQueryable<PlanEntity> PresentPlans => Plans.Where(p => p.DeleteTime == null);

    public DbSet<ThemeEntity> Themes => Set<ThemeEntity>();

    public DbSet<PeriodEntity> Periods => Set<PeriodEntity>();

    public DbSet<PlanActionEntity> PlanActions => Set<PlanActionEntity>();

    public DbSet<ProgressUpdateEntity> ProgressUpdates => Set<ProgressUpdateEntity>();

    public DbSet<PlanRefreshEntity> PlanRefreshes => Set<PlanRefreshEntity>();

    public DbSet<ChangeEntity> Changes => Set<ChangeEntity>();

    public DbSet<ChangeLogIdentity> ChangeLogIdentities => Set<ChangeLogIdentity>();

    public DbSet<StoredRequest> Requests => Set<StoredRequest>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ActionsContext).Assembly);
        modelBuilder.ApplyConfiguration(new StoredRequest.Configuration());
        modelBuilder.ApplyConfiguration(new ChangeLogIdentity.Configuration());
        modelBuilder.ApplyConfiguration(new AuditRow.Configuration());

        if (modelBuilder.AdaptTo(Database))
            modelBuilder.Entity<PlanActionEntity>().HasIndex(a => a.LeadsPending).HasFilter("[LeadsPending] = 1");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
}
