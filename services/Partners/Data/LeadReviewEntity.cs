using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Partners.V1;

namespace PlanServices.Partners.Data;

/// <summary>A lead's text on the review list, as it is stored.</summary>
public sealed class LeadReviewEntity
{
    public const int MaximumText = 1000;

    public int Id { get; set; }

    /// <summary>The id of the area for which it was asked.</summary>
    public required string Area { get; set; }

    /// <summary>What texts that are one have in common: see <c>LeadKey</c>.</summary>
    public required string Key { get; set; }

    public required string Text { get; set; }

    public LeadReview.Types.State State { get; set; }

    /// <summary>The id of the partner that it means; empty unless settled.</summary>
    public string PartnerId { get; set; } = "";

    /// <summary>The ids of those that came nearest, best first.</summary>
    public List<string> Candidates { get; set; } = [];

    public int Count { get; set; }

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    public string Caller { get; set; } = "";

    /// <summary>The directory's revision that settled it; 0 while it is open.</summary>
    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<LeadReviewEntity>
    {
        public void Configure(EntityTypeBuilder<LeadReviewEntity> builder)
        {
            builder.ToTable("lead_reviews");
            builder.Property(r => r.Area).HasMaxLength(63);
            builder.Property(r => r.Key).HasMaxLength(MaximumText);
            builder.Property(r => r.Text).HasMaxLength(MaximumText);
            builder.Property(r => r.PartnerId).HasMaxLength(63);
            builder.Property(r => r.Caller).HasMaxLength(200);
            builder.HasIndex(r => new { r.Area, r.Key }).IsUnique();
            builder.HasIndex(r => new { r.State, r.Count });
        }
    }
}
