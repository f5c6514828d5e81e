using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Partners.Data;

/// <summary>One entry of the directory's change log: an entry of the directory as a revision left it.</summary>
public sealed class ChangeEntity
{
    public long Revision { get; set; }

    /// <summary>The entry's place in its revision, from 0.</summary>
    public int Ordinal { get; set; }

    /// <summary>The resource's name; for a review, its area and key.</summary>
    public required string Resource { get; set; }

    /// <summary>A serialised <c>DirectoryChange</c>.</summary>
    public required byte[] Change { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ChangeEntity>
    {
        public void Configure(EntityTypeBuilder<ChangeEntity> builder)
        {
            builder.ToTable("changes");
            builder.HasKey(c => new { c.Revision, c.Ordinal });
            builder.HasIndex(c => new { c.Resource, c.Revision });
        }
    }
}
