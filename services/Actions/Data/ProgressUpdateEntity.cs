using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Data;

/// <summary>A progress update as it is stored.</summary>
public sealed class ProgressUpdateEntity
{
    public int Id { get; set; }

    public int PlanActionId { get; set; }

    public PlanActionEntity PlanAction { get; set; } = null!;

    public int PeriodId { get; set; }

    public PeriodEntity Period { get; set; } = null!;

    public string Narrative { get; set; } = "";

    public ProgressUpdate.Types.Status Status { get; set; }

    public string StatusReason { get; set; } = "";

    public ProgressUpdate.Types.Direction Direction { get; set; }

    public string Opportunities { get; set; } = "";

    public List<string> EvidenceLinks { get; set; } = [];

    /// <summary>The refs that the text points to.</summary>
    public List<string> CrossReferences { get; set; } = [];

    public ProgressUpdate.Types.State State { get; set; }

    /// <summary>Where an imported update came from, as a serialised <c>UpdateSource</c>; null on others.</summary>
    public byte[]? Source { get; set; }

    /// <summary>What the public edition leaves blank.</summary>
    public List<WithheldFieldEntity> Withheld { get; set; } = [];

    /// <summary>The id of the period from which the text was carried over and not touched since; otherwise empty.</summary>
    public string CarriedOverFrom { get; set; } = "";

    /// <summary>Why it was sent back; empty unless it was since it was last submitted.</summary>
    public string ReturnReason { get; set; } = "";

    /// <summary>Null where it never was.</summary>
    public DateTime? SubmitTime { get; set; }

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ProgressUpdateEntity>
    {
        public void Configure(EntityTypeBuilder<ProgressUpdateEntity> builder)
        {
            builder.ToTable("progress_updates");
            // What an update is of never changes: its indexes are left alone when it is written.
            builder.Property(u => u.PlanActionId).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Throw);
            builder.Property(u => u.PeriodId).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Throw);
            builder.Property(u => u.Withheld).HasJsonConversion();
            builder.Property(u => u.CarriedOverFrom).HasMaxLength(7);
            builder.HasOne(u => u.PlanAction).WithMany().OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(u => u.Period).WithMany().OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(u => new { u.PlanActionId, u.PeriodId }).IsUnique();
        }
    }
}

/// <summary>A field that the public edition leaves blank.</summary>
public sealed record WithheldFieldEntity(string Field, string Reason);
