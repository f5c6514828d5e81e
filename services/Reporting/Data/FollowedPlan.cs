using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Reporting.Data;

/// <summary>A plan that is followed.</summary>
public sealed class FollowedPlan
{
    public int Id { get; set; }

    /// <summary><c>plans/{plan}</c>.</summary>
    public required string Name { get; set; }

    /// <summary>The plan's revision that the model shows.</summary>
    public long Revision { get; set; }

    /// <summary>When that revision was made.</summary>
    public DateTime ChangeTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FollowedPlan>
    {
        public void Configure(EntityTypeBuilder<FollowedPlan> builder)
        {
            builder.ToTable("plans");
            builder.Property(p => p.Name).HasMaxLength(80);
            builder.HasIndex(p => p.Name).IsUnique();
        }
    }
}
