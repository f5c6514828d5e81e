using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Storage.Engines;
using Xunit;

namespace PlanServices.Testing.SqlServer;

/// <summary>What is checked of a context on SQL Server without a server; its queries see to themselves (<see cref="IssuedQueries"/>).</summary>
public static class SqlServerChecks
{
    // The most bytes of a row in a table's primary key and in another index.
    private const int PrimaryKeyBytes = 900;
    private const int IndexBytes = 1700;

    private static readonly MethodInfo Rows = typeof(SqlServerChecks).GetMethod(nameof(RowStatements), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The migrations are understood, without fault, and make what the model wants: each table of it.</summary>
    public static void AssertMigrations<TContext>()
        where TContext : DbContext
    {
        Assert.SkipUnless(Cultures.AreThere, Cultures.Missing);
        using var migrator = SqlServerTwin.Migrator(typeof(TContext));
        Assert.False(migrator.Database.HasPendingModelChanges(), "The model has changes that no migration for SQL Server has.");
        using var sqlite = Engine.Sqlite.Migrator<TContext, TContext>("Data Source=:memory:");
        Assert.False(sqlite.Database.HasPendingModelChanges(), "The model has changes that no migration for SQLite has.");
        Assert.Equal(
            migrator.Model.GetEntityTypes().Select(e => e.GetTableName()).Append("__EFMigrationsHistory").Order(StringComparer.Ordinal),
            IssuedQueries.SchemaOf(typeof(TContext)).Tables.Order(StringComparer.Ordinal));
    }

    /// <summary>What the writes send fits the schema: EF's statements, those of <see cref="RowCommands"/>, the engine's own.</summary>
    public static void AssertWrites<TContext>()
        where TContext : DbContext
    {
        Assert.SkipUnless(Cultures.AreThere, Cultures.Missing);
        var schema = IssuedQueries.SchemaOf(typeof(TContext));
        foreach (var statement in SqlServerEngine.Statements)
            schema.AssertValid(IssuedQueries.Raw(statement));

        using var db = new SqlServerTwin(typeof(TContext)).Context;
        foreach (var entity in db.Model.GetEntityTypes())
        {
            foreach (var statement in (IEnumerable<string>)Rows.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!)
                schema.AssertValid(IssuedQueries.Raw(statement));
            foreach (var state in new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted })
                AssertSaved(typeof(TContext), entity.Name, state, schema);
        }
    }

    /// <summary>Keys and indexes are short enough, and no row is deleted along two ways: the server would refuse either.</summary>
    public static void AssertLimits<TContext>()
        where TContext : DbContext
    {
        Assert.SkipUnless(Cultures.AreThere, Cultures.Missing);
        using var migrator = SqlServerTwin.Migrator(typeof(TContext));
        foreach (var entity in migrator.Model.GetEntityTypes())
        {
            Assert.InRange(entity.FindPrimaryKey()!.Properties.Sum(Bytes), 1, PrimaryKeyBytes);
            Assert.All(entity.GetIndexes(), index => Assert.InRange(index.Properties.Sum(Bytes), 1, IndexBytes));
            var from = Cascading(entity).ToList();
            Assert.Equal(from.Distinct(), from);
        }
    }

    private static IEnumerable<string> RowStatements<TEntity>(DbContext db)
        where TEntity : class => db.Rows<TEntity>().Statements();

    // Several rows, so that a batch is one statement.
    private static void AssertSaved(Type context, string entity, EntityState state, SqlServerSchema schema)
    {
        var twin = new SqlServerTwin(context);
        using var db = twin.Context;
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var i = 1; i <= 5; i++)
        {
            var type = db.Model.FindEntityType(entity)!;
            var entry = db.Entry(RuntimeHelpers.GetUninitializedObject(type.ClrType));
            var generated = state == EntityState.Added;
            foreach (var property in type.GetProperties().Where(p => !generated || p.ValueGenerated == ValueGenerated.Never))
                entry.Property(property).CurrentValue = TwinExpression.Example(property.ClrType, i);

            entry.State = state == EntityState.Modified ? EntityState.Unchanged : state;
            foreach (var property in type.GetProperties().Where(p => state == EntityState.Modified && Changes(p)))
                entry.Property(property).IsModified = true;
        }

        if (!db.ChangeTracker.Entries().Any(e => e.State == state))
            return;

        var sent = Record.Exception(() => db.SaveChanges());
        Assert.IsType<CapturedCommands.CapturedException>(sent?.GetBaseException());
        foreach (var statement in twin.Captured.Statements)
            schema.AssertValid(statement);
    }

    private static bool Changes(IProperty property) => !property.IsKey() && property.GetAfterSaveBehavior() == PropertySaveBehavior.Save;

    // Numbers and dates take eight at most.
    private static int Bytes(IProperty property) => property.ClrType == typeof(string) ? 2 * (property.GetMaxLength() ?? int.MaxValue / 4) : 8;

    // The tables whose deleted rows take rows of this one with them, each as often as there are ways.
    private static IEnumerable<string> Cascading(IEntityType entity) => entity.GetForeignKeys()
        .Where(k => k.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
        .SelectMany(k => Cascading(k.PrincipalEntityType).Prepend(k.PrincipalEntityType.Name));
}
