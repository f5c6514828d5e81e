using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Storage;

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

    public string ShortName { get; set; } = "";

    public Partner.Types.Kind Kind { get; set; }

    public string WebUri { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Other spellings by which papers name it. Two bodies may share one: then it is ambiguous.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>Its numbers in public registers; no two bodies have the same.</summary>
    public List<PartnerNumber> Numbers { get; set; } = [];

    /// <summary>The names it had, in the order of time.</summary>
    public List<PartnerFormerName> FormerNames { get; set; } = [];

    public DateOnly? StartDate { get; set; }

    public DateOnly? EndDate { get; set; }

    /// <summary>The id of the police force area that it belongs to; empty for none.</summary>
    public string Area { get; set; } = "";

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    /// <summary>The directory's revision in which the entry last changed; its etag too.</summary>
    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartnerEntity>
    {
        public void Configure(EntityTypeBuilder<PartnerEntity> builder)
        {
            builder.ToTable("partners");
            builder.Property(p => p.PartnerId).HasMaxLength(63);
            builder.HasIndex(p => p.PartnerId).IsUnique();
            builder.Property(p => p.DisplayName).HasMaxLength(MaximumName);
            builder.Property(p => p.ShortName).HasMaxLength(MaximumName);
            builder.Property(p => p.WebUri).HasMaxLength(MaximumUri);
            builder.Property(p => p.Description).HasMaxLength(MaximumDescription);
            builder.Property(p => p.Numbers).HasJsonConversion();
            builder.Property(p => p.FormerNames).HasJsonConversion();
            builder.Property(p => p.Area).HasMaxLength(63);
        }
    }
}

/// <summary>A body's number in a public register.</summary>
public sealed record PartnerNumber(string Scheme, string Value);

/// <summary>A name that a body had.</summary>
public sealed record PartnerFormerName(string DisplayName, string ShortName, DateOnly? StartDate, DateOnly EndDate);
