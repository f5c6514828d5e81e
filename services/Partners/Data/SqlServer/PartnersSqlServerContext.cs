using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlanServices.Partners.Data.SqlServer;

/// <summary>The directory on SQL Server: the type to which its migrations there belong.</summary>
public sealed class PartnersSqlServerContext(DbContextOptions<PartnersSqlServerContext> options) : PartnersContext(options);

/// <summary>Lets <c>dotnet ef migrations add --context PartnersSqlServerContext</c> build the model without a host.</summary>
internal sealed class PartnersSqlServerDesignTimeFactory : IDesignTimeDbContextFactory<PartnersSqlServerContext>
{
    public PartnersSqlServerContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PartnersSqlServerContext>().UseSqlServer("Server=none;Database=none").Options);
}
