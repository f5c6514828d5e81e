using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.ServiceDefaults.Auditing;

/// <summary>One call in a service's audit log. Rows are added and never changed: the database itself refuses that.</summary>
public sealed class AuditRow
{
    public int Id { get; set; }

    public required DateTime Time { get; init; }

    /// <summary>Empty for a call without a valid token.</summary>
    public required string Caller { get; init; }

    public required string RemoteAddress { get; init; }

    /// <summary>Without the leading slash.</summary>
    public required string Method { get; init; }

    public required string Resource { get; init; }

    /// <summary><c>OK</c>, or status and reason.</summary>
    public required string Outcome { get; init; }

    /// <summary>The table's shape.</summary>
    public sealed class Configuration : IEntityTypeConfiguration<AuditRow>
    {
        public void Configure(EntityTypeBuilder<AuditRow> builder)
        {
            builder.ToTable("audit");
            builder.Property(r => r.Caller).HasMaxLength(200);
            builder.Property(r => r.RemoteAddress).HasMaxLength(64);
            builder.Property(r => r.Method).HasMaxLength(160);
            builder.Property(r => r.Resource).HasMaxLength(200);
            builder.Property(r => r.Outcome).HasMaxLength(120);
        }
    }
}
