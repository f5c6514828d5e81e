using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Reporting.Data;

/// <summary>How far the catalogue was followed; the one row is written with the data that it stands for.</summary>
public sealed class FollowerPosition
{
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;

    public required string ResumeToken { get; set; }

    /// <summary>Something was removed that free pages may still have: the database is to be compacted.</summary>
    public bool Uncompacted { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FollowerPosition>
    {
        public void Configure(EntityTypeBuilder<FollowerPosition> builder)
        {
            builder.ToTable("follower_position");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
