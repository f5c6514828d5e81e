using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Partners.V1;

namespace PlanServices.Partners.Data;

/// <summary>A body of the directory, as it is stored.</summary>
public sealed class PartnerEntity
{
    public const int MaximumName = 200;
    public const int MaximumDescription = 1000;
    public const int MaximumUri = 2000;

    public int Id { get; set; }

    /// <summary>The id in its resource name; never changes.</summary>
    public required string PartnerId { get; set; }

    public required string DisplayName { get; set; }

    public required string ShortName { get; set; }

    public Partner.Types.Kind Kind { get; set; }

    public required string WebUri { get; set; }

    public required string Description { get; set; }

    public List<PartnerAlias> Aliases { get; } = [];

    public List<PartnerNumber> Numbers { get; } = [];

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    /// <summary>Counts the entry's changes; a write names the one that it read.</summary>
    public int Etag { get; set; }

    /// <summary>The directory's revision in which the entry last changed.</summary>
    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartnerEntity>
    {
        public void Configure(EntityTypeBuilder<PartnerEntity> builder)
        {
            builder.ToTable("Partners");
            builder.Property(p => p.PartnerId).HasMaxLength(63);
            builder.HasIndex(p => p.PartnerId).IsUnique();
            builder.Property(p => p.DisplayName).HasMaxLength(MaximumName);
            builder.Property(p => p.ShortName).HasMaxLength(MaximumName);
            builder.Property(p => p.WebUri).HasMaxLength(MaximumUri);
            builder.Property(p => p.Description).HasMaxLength(MaximumDescription);
            builder.Property(p => p.Etag).IsConcurrencyToken();
            builder.HasMany(p => p.Aliases).WithOne().HasForeignKey(a => a.PartnerKey).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(p => p.Numbers).WithOne().HasForeignKey(n => n.PartnerKey).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Another spelling by which papers name a body. Two bodies may share one: then it is ambiguous.</summary>
public sealed class PartnerAlias
{
    public int Id { get; set; }

    public int PartnerKey { get; set; }

    /// <summary>Its place among the body's aliases.</summary>
    public int Position { get; set; }

    public required string Text { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartnerAlias>
    {
        public void Configure(EntityTypeBuilder<PartnerAlias> builder)
        {
            builder.ToTable("PartnerAliases");
            builder.Property(a => a.Text).HasMaxLength(PartnerEntity.MaximumName);
            builder.HasIndex(a => new { a.PartnerKey, a.Position }).IsUnique();
        }
    }
}

/// <summary>A body's number in a public register; no two bodies have the same.</summary>
public sealed class PartnerNumber
{
    public int Id { get; set; }

    public int PartnerKey { get; set; }

    public required string Scheme { get; set; }

    public required string Value { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartnerNumber>
    {
        public void Configure(EntityTypeBuilder<PartnerNumber> builder)
        {
            builder.ToTable("PartnerNumbers");
            builder.Property(n => n.Scheme).HasMaxLength(40);
            builder.Property(n => n.Value).HasMaxLength(80);
            builder.HasIndex(n => new { n.Scheme, n.Value }).IsUnique();
        }
    }
}
