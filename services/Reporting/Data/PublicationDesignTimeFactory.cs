using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlanServices.Reporting.Data;

/// <summary>Lets <c>dotnet ef migrations add --context PublicationContext</c> build the model without a host.</summary>
internal sealed class PublicationDesignTimeFactory : IDesignTimeDbContextFactory<PublicationContext>
{
    public PublicationContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PublicationContext>().UseSqlite("Data Source=:memory:").Options);
}
