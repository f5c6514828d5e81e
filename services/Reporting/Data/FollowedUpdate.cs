using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.Reporting.Data;

/// <summary>
/// A progress update, as the catalogue sent it. Its key is made of its period and its action, so that a period is one stretch of the
/// table and no other index is needed.
/// </summary>
public sealed class FollowedUpdate
{
    public long Id { get; set; }

    /// <summary>What figures need of it: see <c>Fact</c>.</summary>
    public int Fact { get; set; }

    /// <summary>The update, serialised.</summary>
    public required byte[] Message { get; set; }

    /// <summary>The key of an update.</summary>
    /// <param name="period">The key of its period's row.</param>
    /// <param name="action">The key of its action's row.</param>
    public static long Key(int period, int action) => ((long)period << 32) | (uint)action;

    /// <summary>The key of the action's row.</summary>
    public static int ActionOf(long id) => (int)(id & uint.MaxValue);

    /// <summary>The key of the period's row.</summary>
    public static int PeriodOf(long id) => (int)(id >> 32);

    internal sealed class Configuration : IEntityTypeConfiguration<FollowedUpdate>
    {
        public void Configure(EntityTypeBuilder<FollowedUpdate> builder)
        {
            builder.ToTable("updates");
            builder.Property(u => u.Id).ValueGeneratedNever();
        }
    }
}
