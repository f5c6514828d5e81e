using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlanServices.Partners.Data;

/// <summary>Gives the migration tools a context without starting the service.</summary>
internal sealed class PartnersContextFactory : IDesignTimeDbContextFactory<PartnersContext>
{
    public PartnersContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PartnersContext>().UseSqlite("Data Source=:memory:").Options);
}
