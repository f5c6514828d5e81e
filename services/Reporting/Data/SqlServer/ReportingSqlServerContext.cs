using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlanServices.Reporting.Data.SqlServer;

/// <summary>The read model on SQL Server: the type to which its migrations there belong.</summary>
public sealed class ReportingSqlServerContext(DbContextOptions<ReportingSqlServerContext> options) : ReportingContext(options);

/// <summary>Lets <c>dotnet ef migrations add --context ReportingSqlServerContext</c> build the model without a host.</summary>
internal sealed class ReportingSqlServerDesignTimeFactory : IDesignTimeDbContextFactory<ReportingSqlServerContext>
{
    public ReportingSqlServerContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ReportingSqlServerContext>().UseSqlServer("Server=none;Database=none").Options);
}
