using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Reporting.Data;

/// <summary>What a followed resource is.</summary>
public enum ResourceKind
{
    Plan = 1,
    Theme = 2,
    Period = 3,
    PlanAction = 4,
}

/// <summary>
/// A resource of a plan other than an update, as the catalogue sent it. A row stays when its resource is deleted, without its message:
/// updates are found by its key.
/// </summary>
public sealed class FollowedResource
{
    public int Id { get; set; }

    public int PlanId { get; set; }

    public ResourceKind Kind { get; set; }

    /// <summary>The resource's name.</summary>
    public required string Name { get; set; }

    /// <summary>The resource, serialised; empty where it is not there.</summary>
    public required byte[] Message { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FollowedResource>
    {
        public void Configure(EntityTypeBuilder<FollowedResource> builder)
        {
            builder.ToTable("resources");
            builder.Property(r => r.Name).HasMaxLength(200);
            builder.HasIndex(r => r.Name).IsUnique();
            builder.HasIndex(r => new { r.PlanId, r.Kind });
            builder.HasOne<FollowedPlan>().WithMany().HasForeignKey(r => r.PlanId);
        }
    }
}
