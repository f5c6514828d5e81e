using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Actions.Data;

/// <summary>A theme as it is stored.</summary>
public sealed class ThemeEntity
{
    public int Id { get; set; }

    public int PlanId { get; set; }

    public PlanEntity Plan { get; set; } = null!;

    /// <summary>The id in the theme's name.</summary>
    public required string Slug { get; set; }

    public required string DisplayName { get; set; }

    public required string RefPrefix { get; set; }

    public int Position { get; set; }

    /// <summary>Its sections, pledges, measures and outcomes, as a serialised <c>Theme</c> that has nothing else; null where it has none.</summary>
    public byte[]? Framework { get; set; }

    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ThemeEntity>
    {
        public void Configure(EntityTypeBuilder<ThemeEntity> builder)
        {
            builder.ToTable("themes");
            builder.Property(t => t.Slug).HasMaxLength(63);
            builder.Property(t => t.DisplayName).HasMaxLength(200);
            builder.Property(t => t.RefPrefix).HasMaxLength(4);
            builder.HasIndex(t => new { t.PlanId, t.Slug }).IsUnique();
        }
    }
}
