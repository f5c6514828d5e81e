using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PlanServices.Partners.Data;

/// <summary>The database of the partners service.</summary>
public sealed class PartnersContext(DbContextOptions<PartnersContext> options) : DbContext(options)
{
    public DbSet<PartnerEntity> Partners => Set<PartnerEntity>();

    public DbSet<DirectoryState> DirectoryStates => Set<DirectoryState>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PartnersContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();

    // A database keeps no kind with a time; all of ours are UTC.
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        time => time.ToUniversalTime(), time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
