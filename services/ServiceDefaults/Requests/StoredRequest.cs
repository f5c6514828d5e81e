using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>A write that carried a request id, and what was answered: the same request gets the same answer again.</summary>
public sealed class StoredRequest
{
    /// <summary>The request id, in the canonical form of a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the method and the request.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>The full name of the answer's message.</summary>
    public required string ResponseType { get; init; }

    /// <summary>The answer, serialised.</summary>
    public required byte[] Response { get; init; }

    public required DateTime Time { get; init; }

    /// <summary>The table's shape; the key is what makes a request id unique.</summary>
    public sealed class Configuration : IEntityTypeConfiguration<StoredRequest>
    {
        public void Configure(EntityTypeBuilder<StoredRequest> builder)
        {
            builder.ToTable("requests");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Id).HasMaxLength(36);
            builder.Property(r => r.ResponseType).HasMaxLength(200);
        }
    }
}
