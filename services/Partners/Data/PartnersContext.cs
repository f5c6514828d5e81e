using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Features.Leads;
using PlanServices.ServiceDefaults.Auditing;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners.Data;

/// <summary>The database of the partners service: the directory, its review list and its change log.</summary>
public class PartnersContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<PartnerEntity> Partners => Set<PartnerEntity>();

    public DbSet<ApiClientEntity> ApiClients => Set<ApiClientEntity>();

    public DbSet<OfficerEntity> Officers => Set<OfficerEntity>();

    public DbSet<RelationEntity> Relations => Set<RelationEntity>();

    public DbSet<LeadReviewEntity> LeadReviews => Set<LeadReviewEntity>();

    public DbSet<ReferenceEntity> ReferenceEntries => Set<ReferenceEntity>();

    public DbSet<DirectoryState> DirectoryStates => Set<DirectoryState>();

    public DbSet<ChangeEntity> Changes => Set<ChangeEntity>();

    public DbSet<ChangeLogIdentity> ChangeLogIdentities => Set<ChangeLogIdentity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PartnersContext).Assembly);
        modelBuilder.ApplyConfiguration(new StoredRequest.Configuration());
        modelBuilder.ApplyConfiguration(new ChangeLogIdentity.Configuration());
        modelBuilder.ApplyConfiguration(new AuditRow.Configuration());

        if (!modelBuilder.AdaptTo(Database))
            return;

        // An index there takes 1,700 bytes of a row, which are 850 characters.
        modelBuilder.Entity<LeadReviewEntity>().Property(r => r.Key).HasMaxLength(LeadKey.Longest);
        modelBuilder.Entity<ChangeEntity>().Property(c => c.Resource).HasMaxLength(LeadKey.Longest + 100);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
}
