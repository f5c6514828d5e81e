using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Partners.Data;

/// <summary>An entry of the reference data as it was last taken over: what differs from it now, users changed.</summary>
public sealed class ReferenceEntity
{
    /// <summary>The entry's resource name.</summary>
    public required string Name { get; set; }

    /// <summary>The entry, serialised.</summary>
    public required byte[] Message { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReferenceEntity>
    {
        public void Configure(EntityTypeBuilder<ReferenceEntity> builder)
        {
            builder.ToTable("reference_entries");
            builder.HasKey(r => r.Name);
            builder.Property(r => r.Name).HasMaxLength(160);
        }
    }
}
