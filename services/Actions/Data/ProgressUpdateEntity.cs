using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Actions.V1;

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

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    public int Etag { get; set; }

    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ProgressUpdateEntity>
    {
        public void Configure(EntityTypeBuilder<ProgressUpdateEntity> builder)
        {
            builder.ToTable("progress_updates");
            builder.HasOne(u => u.PlanAction).WithMany().OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(u => u.Period).WithMany().OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(u => new { u.PlanActionId, u.PeriodId }).IsUnique();
        }
    }
}
