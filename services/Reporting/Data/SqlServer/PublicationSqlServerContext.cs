using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlanServices.Reporting.Data.SqlServer;

/// <summary>The published reports on SQL Server: the type to which its migrations there belong.</summary>
public sealed class PublicationSqlServerContext(DbContextOptions<PublicationSqlServerContext> options) : PublicationContext(options);

/// <summary>Lets <c>dotnet ef migrations add --context PublicationSqlServerContext</c> build the model without a host.</summary>
internal sealed class PublicationSqlServerDesignTimeFactory : IDesignTimeDbContextFactory<PublicationSqlServerContext>
{
    public PublicationSqlServerContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PublicationSqlServerContext>().UseSqlServer("Server=none;Database=none").Options);
}
