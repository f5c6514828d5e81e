using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Data;

/// <summary>
/// The published reports: records, in a database of their own. The read model beside it can be thrown away and built anew; nothing that
/// does so can reach these.
/// </summary>
public class PublicationContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<PublishedReport> Reports => Set<PublishedReport>();

    public DbSet<PublishedFile> Files => Set<PublishedFile>();

    public DbSet<StoredRequest> Requests => Set<StoredRequest>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new PublishedReport.Configuration());
        modelBuilder.ApplyConfiguration(new PublishedFile.Configuration());
        modelBuilder.ApplyConfiguration(new StoredRequest.Configuration());

        modelBuilder.AdaptTo(Database);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
}
