using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Data;

/// <summary>A published report. Only its withdrawal, and the number of the report that corrects it, are ever added to it.</summary>
public sealed class PublishedReport
{
    public int Id { get; set; }

    /// <summary>The plan's id.</summary>
    public required string Plan { get; set; }

    /// <summary>Counts the plan's reports from 1.</summary>
    public int Number { get; set; }

    /// <summary>The period's id.</summary>
    public required string Period { get; set; }

    public Audience Audience { get; set; }

    public ProtectiveMarking Marking { get; set; }

    /// <summary>Counts the reports for this period and audience from 1.</summary>
    public int Version { get; set; }

    /// <summary>The number of the report that it corrects.</summary>
    public int? Corrects { get; set; }

    public string CorrectionNote { get; set; } = "";

    /// <summary>The number of the report that corrects it.</summary>
    public int? CorrectedBy { get; set; }

    /// <summary>The plan's revision that it shows.</summary>
    public long Revision { get; set; }

    public DateTime PublishTime { get; set; }

    public required string Publisher { get; set; }

    public DateTime? WithdrawTime { get; set; }

    public string Withdrawer { get; set; } = "";

    public string WithdrawReason { get; set; } = "";

    public List<PublishedFile> Files { get; set; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<PublishedReport>
    {
        public void Configure(EntityTypeBuilder<PublishedReport> builder)
        {
            builder.ToTable("reports");
            builder.Property(r => r.Plan).HasMaxLength(63);
            builder.Property(r => r.Period).HasMaxLength(7);
            builder.Property(r => r.CorrectionNote).HasMaxLength(2000);
            builder.Property(r => r.Publisher).HasMaxLength(200);
            builder.Property(r => r.Withdrawer).HasMaxLength(200);
            builder.Property(r => r.WithdrawReason).HasMaxLength(2000);
            builder.HasIndex(r => new { r.Plan, r.Number }).IsUnique();
            builder.HasIndex(r => new { r.Plan, r.Period, r.Audience, r.Version }).IsUnique();
            builder.HasMany(r => r.Files).WithOne().HasForeignKey(f => f.ReportId);
        }
    }
}
