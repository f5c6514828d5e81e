using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlanServices.Actions.Data.SqlServer;

/// <summary>The catalogue on SQL Server: the type to which its migrations there belong.</summary>
public sealed class ActionsSqlServerContext(DbContextOptions<ActionsSqlServerContext> options) : ActionsContext(options);

/// <summary>Lets <c>dotnet ef migrations add --context ActionsSqlServerContext</c> build the model without a host.</summary>
internal sealed class ActionsSqlServerDesignTimeFactory : IDesignTimeDbContextFactory<ActionsSqlServerContext>
{
    public ActionsSqlServerContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ActionsSqlServerContext>().UseSqlServer("Server=none;Database=none").Options);
}
