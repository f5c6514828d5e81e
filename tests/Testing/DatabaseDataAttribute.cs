using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace PlanServices.Testing;

/// <summary>
/// One row for each database that a service can be kept in: the test is the same for all. The row of SQL Server is skipped where
/// <c>PLANSERVICES_SQLSERVER</c> has no connection string to a server on which databases may be made and dropped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatabaseDataAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow<DatabaseKind>(DatabaseKind.Sqlite),
        new TheoryDataRow<DatabaseKind>(DatabaseKind.SqlServer)
        {
            Skip = TestDatabase.Server is null ? $"No SQL Server is given: {TestDatabase.Variable} is not set." : null,
        },
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
