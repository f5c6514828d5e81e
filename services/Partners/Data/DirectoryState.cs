using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Partners.Data;

/// <summary>The one row that counts the directory's revisions: each write takes the next in its own transaction.</summary>
public sealed class DirectoryState
{
    /// <summary>The key of the one row.</summary>
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;

    /// <summary>The revision of the directory's last change; two writers of the same one cannot both commit.</summary>
    public long Revision { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DirectoryState>
    {
        public void Configure(EntityTypeBuilder<DirectoryState> builder)
        {
            builder.ToTable("directory_state");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Revision).IsConcurrencyToken();
        }
    }
}
