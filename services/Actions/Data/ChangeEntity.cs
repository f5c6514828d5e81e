using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Actions.Data;

/// <summary>One entry of a plan's change log: a resource as a revision left it.</summary>
public sealed class ChangeEntity
{
    public int PlanId { get; set; }

    public long Revision { get; set; }

    /// <summary>The entry's place in its revision, from 0.</summary>
    public int Ordinal { get; set; }

    /// <summary>The resource's name below the plan's, as in <c>actions/O2.1/updates/2018-10</c>; empty for the plan itself.</summary>
    public required string Resource { get; set; }

    /// <summary>A serialised <c>Change</c>.</summary>
    public required byte[] Change { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ChangeEntity>
    {
        public void Configure(EntityTypeBuilder<ChangeEntity> builder)
        {
            builder.ToTable("changes");
            builder.HasKey(c => new { c.PlanId, c.Revision, c.Ordinal });
            builder.Property(c => c.Resource).HasMaxLength(160);
            builder.HasIndex(c => new { c.PlanId, c.Resource, c.Revision });
            builder.HasOne<PlanEntity>().WithMany().HasForeignKey(c => c.PlanId);
        }
    }
}
