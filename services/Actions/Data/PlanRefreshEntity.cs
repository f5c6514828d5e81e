using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Actions.Data;

/// <summary>A plan refresh as it is stored.</summary>
public sealed class PlanRefreshEntity
{
    public int Id { get; set; }

    public int PlanId { get; set; }

    public PlanEntity Plan { get; set; } = null!;

    /// <summary>The id in the refresh's name.</summary>
    public required string Slug { get; set; }

    /// <summary>The proposal and its decisions, as a serialised <c>PlanRefresh</c>.</summary>
    public required byte[] Content { get; set; }

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PlanRefreshEntity>
    {
        public void Configure(EntityTypeBuilder<PlanRefreshEntity> builder)
        {
            builder.ToTable("plan_refreshes");
            builder.Property(r => r.Slug).HasMaxLength(63);
            builder.HasIndex(r => new { r.PlanId, r.Slug }).IsUnique();
        }
    }
}
