using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Partners.Data;

/// <summary>A system that calls the services, as it is stored.</summary>
public sealed class ApiClientEntity
{
    public const int MaximumDisplayName = 200;

    public int Id { get; set; }

    /// <summary>The id in its resource name, and its OAuth client id; never changes.</summary>
    public required string ClientId { get; init; }

    public required string DisplayName { get; set; }

    /// <summary>The resource name of the partner whose system it is; empty where it is nobody's.</summary>
    public required string Partner { get; set; }

    public required List<string> Scopes { get; set; }

    public List<ClientSecretEntity> Secrets { get; } = [];

    public required DateTime CreateTime { get; init; }

    public required DateTime UpdateTime { get; set; }

    /// <summary>Counts its changes; its etag.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<ApiClientEntity>
    {
        public void Configure(EntityTypeBuilder<ApiClientEntity> builder)
        {
            builder.ToTable("api_clients");
            builder.Property(c => c.ClientId).HasMaxLength(63);
            builder.HasIndex(c => c.ClientId).IsUnique();
            builder.Property(c => c.DisplayName).HasMaxLength(MaximumDisplayName);
            builder.Property(c => c.Partner).HasMaxLength(80);
            builder.Property(c => c.Version).IsConcurrencyToken();
            builder.HasMany(c => c.Secrets).WithOne().HasForeignKey(s => s.ApiClientId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>One of a client's secrets: never its text.</summary>
public sealed class ClientSecretEntity
{
    public int Id { get; set; }

    public int ApiClientId { get; set; }

    /// <summary>The text's first characters.</summary>
    public required string Hint { get; init; }

    /// <summary>How the text is known again: see <see cref="Features.Clients.ClientSecret"/>.</summary>
    public required string Hash { get; init; }

    public required DateTime CreateTime { get; init; }

    /// <summary>When it ends; null while it is the newest.</summary>
    public DateTime? ExpireTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ClientSecretEntity>
    {
        public void Configure(EntityTypeBuilder<ClientSecretEntity> builder)
        {
            builder.ToTable("client_secrets");
            builder.Property(s => s.Hint).HasMaxLength(16);
            builder.Property(s => s.Hash).HasMaxLength(200);
        }
    }
}
