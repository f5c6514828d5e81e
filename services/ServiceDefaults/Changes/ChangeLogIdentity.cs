using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>Tells a database's change logs from those of any other, so that a token of another is known as such.</summary>
public sealed class ChangeLogIdentity
{
    public required string Id { get; set; }

    /// <summary>The table's shape; the migration that makes it puts one row with a random id into it.</summary>
    public sealed class Configuration : IEntityTypeConfiguration<ChangeLogIdentity>
    {
        public void Configure(EntityTypeBuilder<ChangeLogIdentity> builder)
        {
            builder.ToTable("change_log_identity");
            builder.Property(i => i.Id).HasMaxLength(32);
        }
    }
}
