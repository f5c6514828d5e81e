using PlanServices.Testing;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Storage;

public sealed class SqlPlaceTests
{
    private static readonly string[] Ways = ["CommandText", "ExecuteSql", "FromSql", "SqlQuery", "CreateCommand(", "SqliteConnection", "SqlConnection"];

    // What is sent by another way is neither written for both engines nor checked for the one that is not there.
    [Fact]
    public void Services_SqlByHand_GoesByPreparedSqlOnly()
    {
        var services = Path.Combine(Repository.Root, "services");
        var storage = Path.Combine(services, "ServiceDefaults", "Storage");
        var elsewhere = Directory.EnumerateFiles(services, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(storage, StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).Where(line => Ways.Any(w => line.Contains(w, StringComparison.Ordinal))).Select(line => $"{f}: {line.Trim()}"));

        Assert.Empty(elsewhere);
    }
}
