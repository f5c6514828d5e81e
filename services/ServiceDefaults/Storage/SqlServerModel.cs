using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>What a context's model has otherwise on SQL Server.</summary>
public static class SqlServerModel
{
    /// <summary>Compares and sorts text as SQLite and the code do, by the characters' numbers: case and accents tell names apart.</summary>
    public const string Collation = "Latin1_General_100_BIN2";

    /// <summary>
    /// At the end of <c>OnModelCreating</c>: gives text columns their collation where the context is for SQL Server, and says whether it is.
    /// </summary>
    public static bool AdaptTo(this ModelBuilder model, DatabaseFacade database)
    {
        if (!database.IsSqlServer())
            return false;

        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            if (property.ClrType == typeof(string) || property.GetValueConverter()?.ProviderClrType == typeof(string))
                property.SetCollation(Collation);
        }

        return true;
    }
}
