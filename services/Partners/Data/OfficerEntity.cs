using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Partners.Data;

/// <summary>A person of a body who leads actions, as it is stored.</summary>
public sealed class OfficerEntity
{
    public int Id { get; set; }

    public int PartnerKey { get; set; }

    public PartnerEntity Partner { get; set; } = null!;

    /// <summary>The id in its resource name below the partner's; never changes.</summary>
    public required string OfficerId { get; set; }

    public required string Initials { get; set; }

    public string Role { get; set; } = "";

    /// <summary>Only where a caller supplied it.</summary>
    public string FullName { get; set; } = "";

    public DateOnly? StartDate { get; set; }

    public DateOnly? EndDate { get; set; }

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<OfficerEntity>
    {
        public void Configure(EntityTypeBuilder<OfficerEntity> builder)
        {
            builder.ToTable("officers");
            builder.Property(o => o.OfficerId).HasMaxLength(63);
            builder.Property(o => o.Initials).HasMaxLength(10);
            builder.Property(o => o.Role).HasMaxLength(PartnerEntity.MaximumName);
            builder.Property(o => o.FullName).HasMaxLength(PartnerEntity.MaximumName);
            builder.HasOne(o => o.Partner).WithMany().HasForeignKey(o => o.PartnerKey).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(o => new { o.PartnerKey, o.OfficerId }).IsUnique();
        }
    }
}
