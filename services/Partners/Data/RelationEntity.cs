using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Data;

/// <summary>What one body is to another, as it is stored.</summary>
public sealed class RelationEntity
{
    public const int MaximumSource = 500;

    public int Id { get; set; }

    /// <summary>The id in its resource name; never changes.</summary>
    public required string RelationId { get; set; }

    public Relation.Types.Kind Kind { get; set; }

    /// <summary>The id of the one.</summary>
    public required string PartnerId { get; set; }

    /// <summary>The id of the other.</summary>
    public required string OtherId { get; set; }

    public DateOnly? StartDate { get; set; }

    public DateOnly? EndDate { get; set; }

    public required string Source { get; set; }

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    public long Revision { get; set; }

    /// <summary>The days on which it is in force.</summary>
    public DateSpan Days => new(StartDate, EndDate);

    internal sealed class Configuration : IEntityTypeConfiguration<RelationEntity>
    {
        public void Configure(EntityTypeBuilder<RelationEntity> builder)
        {
            builder.ToTable("relations");
            builder.Property(r => r.RelationId).HasMaxLength(63);
            builder.Property(r => r.PartnerId).HasMaxLength(63);
            builder.Property(r => r.OtherId).HasMaxLength(63);
            builder.Property(r => r.Source).HasMaxLength(MaximumSource);
            builder.Ignore(r => r.Days);
            builder.HasIndex(r => r.RelationId).IsUnique();
            builder.HasOne<PartnerEntity>().WithMany().HasForeignKey(r => r.PartnerId).HasPrincipalKey(p => p.PartnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<PartnerEntity>().WithMany().HasForeignKey(r => r.OtherId).HasPrincipalKey(p => p.PartnerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
