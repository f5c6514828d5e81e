using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Actions.V1;

namespace PlanServices.Actions.Data;

/// <summary>A period as it is stored.</summary>
public sealed class PeriodEntity
{
    public int Id { get; set; }

    public int PlanId { get; set; }

    public PlanEntity Plan { get; set; } = null!;

    /// <summary>The id in the period's name: <c>2018-10</c>.</summary>
    public required string Slug { get; set; }

    public required string DisplayName { get; set; }

    public DateOnly AsAtDate { get; set; }

    public Period.Types.State State { get; set; } = Period.Types.State.Open;

    public DateOnly? OpenDate { get; set; }

    public DateOnly? DueDate { get; set; }

    /// <summary>The name of the meeting that the report goes to; empty where none was given.</summary>
    public string MeetingName { get; set; } = "";

    public DateOnly? MeetingDate { get; set; }

    /// <summary>Null while it is open.</summary>
    public DateTime? LockTime { get; set; }

    /// <summary>The revision in which it was locked; 0 while it is open.</summary>
    public long LockRevision { get; set; }

    public string ReopenReason { get; set; } = "";

    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PeriodEntity>
    {
        public void Configure(EntityTypeBuilder<PeriodEntity> builder)
        {
            builder.ToTable("periods");
            builder.Property(p => p.Slug).HasMaxLength(7);
            builder.Property(p => p.DisplayName).HasMaxLength(200);
            builder.Property(p => p.MeetingName).HasMaxLength(200);
            builder.Property(p => p.ReopenReason).HasMaxLength(2000);
            builder.HasIndex(p => new { p.PlanId, p.Slug }).IsUnique();
        }
    }
}
