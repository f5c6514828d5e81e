using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlanServices.Actions.Data;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without a host.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<ActionsContext>
{
    public ActionsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ActionsContext>().UseSqlite("Data Source=:memory:").Options);
}
