using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Data;

/// <summary>An action or sub-action as it is stored.</summary>
public sealed class PlanActionEntity
{
    public int Id { get; set; }

    public int PlanId { get; set; }

    public PlanEntity Plan { get; set; } = null!;

    public int ThemeId { get; set; }

    public ThemeEntity Theme { get; set; } = null!;

    public int? ParentId { get; set; }

    public PlanActionEntity? Parent { get; set; }

    public required string Ref { get; set; }

    /// <summary>Orders the plan's actions: see <c>RefOrder</c>.</summary>
    public required string SortKey { get; set; }

    public string Title { get; set; } = "";

    public List<string> Notes { get; set; } = [];

    public List<string> OpccLeads { get; set; } = [];

    public List<DeliveryLeadEntity> DeliveryLeads { get; set; } = [];

    /// <summary>The leads that it had before it was divided.</summary>
    public List<string> FormerOpccLeads { get; set; } = [];

    public List<DeliveryLeadEntity> FormerDeliveryLeads { get; set; } = [];

    /// <summary>The refs that title and notes point to.</summary>
    public List<string> CrossReferences { get; set; } = [];

    /// <summary>The id of the theme from which a refresh moved it; empty where none did.</summary>
    public string MovedFrom { get; set; } = "";

    /// <summary>The refs of the actions that it took the place of.</summary>
    public List<string> Replaces { get; set; } = [];

    /// <summary>The refs of the actions that took its place.</summary>
    public List<string> ReplacedBy { get; set; } = [];

    public PlanAction.Types.State State { get; set; }

    /// <summary>Progress is reported on it: it has no sub-actions that are pursued.</summary>
    public bool Leaf { get; set; }

    /// <summary>When progress was to be reported on it, oldest first.</summary>
    public List<PursuitEntity> Pursuits { get; set; } = [];

    /// <summary>The directory was out of reach when the delivery leads were stored: they are to be linked.</summary>
    public bool LeadsPending { get; set; }

    public DateTime CreateTime { get; set; }

    public DateTime UpdateTime { get; set; }

    public long Revision { get; set; }

    /// <summary>Notes that from this revision on progress is to be reported on it, or no longer. What ends with the revision that began it never was.</summary>
    public void NotePursuit(long revision)
    {
        var isPursued = Leaf && State == PlanAction.Types.State.Active;
        if (isPursued == (Pursuits is [.., { To: 0 }]))
            return;

        if (isPursued)
            Pursuits = [.. Pursuits, new PursuitEntity(revision, 0)];
        else if (Pursuits[^1].From == revision)
            Pursuits = [.. Pursuits.SkipLast(1)];
        else
            Pursuits = [.. Pursuits.SkipLast(1), Pursuits[^1] with { To = revision }];
    }

    internal sealed class Configuration : IEntityTypeConfiguration<PlanActionEntity>
    {
        public void Configure(EntityTypeBuilder<PlanActionEntity> builder)
        {
            builder.ToTable("plan_actions");
            builder.Property(a => a.Ref).HasMaxLength(32);
            builder.Property(a => a.SortKey).HasMaxLength(120);
            builder.Property(a => a.DeliveryLeads).HasJsonConversion();
            builder.Property(a => a.FormerDeliveryLeads).HasJsonConversion();
            builder.Property(a => a.Pursuits).HasJsonConversion();
            builder.Property(a => a.MovedFrom).HasMaxLength(63);
            builder.HasOne(a => a.Theme).WithMany().OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(a => a.Parent).WithMany().OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(a => new { a.PlanId, a.Ref }).IsUnique();
            builder.HasIndex(a => new { a.PlanId, a.SortKey });
            builder.HasIndex(a => a.LeadsPending).HasFilter("\"LeadsPending\"");
        }
    }
}

/// <summary>One delivery lead of an action.</summary>
/// <param name="Text">The lead as it was written, without its qualifier.</param>
/// <param name="Partner">The partner's resource name; empty where the lead is linked to none.</param>
/// <param name="Qualifier">What stood in brackets behind it; otherwise empty.</param>
/// <param name="Stated">A caller named the partner; otherwise the directory did, and the link follows what is settled there.</param>
public sealed record DeliveryLeadEntity(string Text, string Partner, string Qualifier, bool Stated = false);

/// <summary>A time in which progress was to be reported on an action.</summary>
/// <param name="From">The revision with which it began.</param>
/// <param name="To">The revision with which it ended; 0 while it goes on.</param>
public sealed record PursuitEntity(long From, long To);
