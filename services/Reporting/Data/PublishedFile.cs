using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Data;

/// <summary>A file of a published report.</summary>
public sealed class PublishedFile
{
    public int Id { get; set; }

    public int ReportId { get; set; }

    public Format Format { get; set; }

    public required string MediaType { get; set; }

    public long Size { get; set; }

    /// <summary>The SHA-256 of its bytes, in lower-case hexadecimal. It stays when the bytes are gone.</summary>
    public required string Sha256 { get; set; }

    /// <summary>The bytes; null once the report was withdrawn.</summary>
    public byte[]? Bytes { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PublishedFile>
    {
        public void Configure(EntityTypeBuilder<PublishedFile> builder)
        {
            builder.ToTable("report_files");
            builder.Property(f => f.MediaType).HasMaxLength(100);
            builder.Property(f => f.Sha256).HasMaxLength(64);
            builder.HasIndex(f => new { f.ReportId, f.Format }).IsUnique();
        }
    }
}
