using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Actions.Data;

/// <summary>A period as it is stored.</summary>
public sealed class PeriodEntity
{
    public int Id { get; set; }

    public int PlanId { get; set; }

    public PlanEntity Plan { get; set; } = null!;

    /// <summary>The id in the period's name: <c>2018-10</c>.</summary>
    public required string Slug { get; set; }

    public required string DisplayName { get; set; }

    public DateOnly AsAtDate { get; set; }

    public int Etag { get; set; }

    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PeriodEntity>
    {
        public void Configure(EntityTypeBuilder<PeriodEntity> builder)
        {
            builder.ToTable("periods");
            builder.Property(p => p.Slug).HasMaxLength(7);
            builder.Property(p => p.DisplayName).HasMaxLength(200);
            builder.HasIndex(p => new { p.PlanId, p.Slug }).IsUnique();
        }
    }
}
