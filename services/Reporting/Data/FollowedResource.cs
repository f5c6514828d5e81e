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
    ProgressUpdate = 5,
}

/// <summary>A resource of a plan, as the catalogue sent it.</summary>
public sealed class FollowedResource
{
    public int Id { get; set; }

    public int PlanId { get; set; }

    public ResourceKind Kind { get; set; }

    /// <summary>The resource's name.</summary>
    public required string Name { get; set; }

    /// <summary>The period's id of an update; empty on others.</summary>
    public string Period { get; set; } = "";

    /// <summary>The resource, serialised.</summary>
    public required byte[] Message { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FollowedResource>
    {
        public void Configure(EntityTypeBuilder<FollowedResource> builder)
        {
            builder.ToTable("resources");
            builder.Property(r => r.Name).HasMaxLength(200);
            builder.Property(r => r.Period).HasMaxLength(7);
            builder.HasIndex(r => r.Name).IsUnique();
            builder.HasIndex(r => new { r.PlanId, r.Kind, r.Period });
            builder.HasOne<FollowedPlan>().WithMany().HasForeignKey(r => r.PlanId);
        }
    }
}
