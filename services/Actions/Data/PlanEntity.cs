using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Actions.Data;

/// <summary>A plan as it is stored.</summary>
public sealed class PlanEntity
{
    public int Id { get; set; }

    /// <summary>The id in the plan's name.</summary>
    public required string Slug { get; set; }

    public required string DisplayName { get; set; }

    public string Description { get; set; } = "";

    /// <summary>The owner's resource name in the directory; empty where none was named.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The status scheme, as a serialised <c>StatusScheme</c>.</summary>
    public required byte[] StatusScheme { get; set; }

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    /// <summary>
    /// When it was deleted; null while it is there. Its row and log stay: a plan that is made under its id goes on with its revisions, so
    /// that no reader takes one for the other.
    /// </summary>
    public DateTime? DeleteTime { get; set; }

    /// <summary>The revision in which the plan itself last changed.</summary>
    public long Revision { get; set; }

    /// <summary>The newest revision of anything in the plan.</summary>
    public long HeadRevision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PlanEntity>
    {
        public void Configure(EntityTypeBuilder<PlanEntity> builder)
        {
            builder.ToTable("plans");
            builder.Property(p => p.Slug).HasMaxLength(63);
            builder.Property(p => p.DisplayName).HasMaxLength(200);
            builder.Property(p => p.Description).HasMaxLength(2000);
            builder.Property(p => p.Owner).HasMaxLength(80);
            // Each write counts it up by a statement of its own: see PlanEdit.
            builder.Property(p => p.HeadRevision).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            builder.HasIndex(p => p.Slug).IsUnique();
        }
    }
}
