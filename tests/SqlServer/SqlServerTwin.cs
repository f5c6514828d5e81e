using System.Reflection;
using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.Testing.SqlServer;

/// <summary>The same context on SQL Server, whose commands are captured.</summary>
internal sealed class SqlServerTwin
{
    private const string Nowhere = "Server=none;Database=none";

    public SqlServerTwin(Type context)
    {
        ContextType = context;
        var options = new DbContextOptionsBuilder();
        Engine.SqlServer.Use(options, Nowhere);
        Context = New(context, options.AddInterceptors(Captured).Options);
    }

    public Type ContextType { get; }

    public CapturedCommands Captured { get; } = new();

    public DbContext Context { get; }

    /// <summary>The context type to which the migrations belong, without a server.</summary>
    public static DbContext Migrator(Type context)
    {
        var migrator = context.Assembly.GetTypes().Single(t => t.BaseType == context);
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(migrator))!;
        return New(migrator, options.UseSqlServer(Nowhere).Options);
    }

    private static DbContext New(Type type, DbContextOptions options) =>
        (DbContext)Activator.CreateInstance(type, BindingFlags.Public | BindingFlags.Instance, null, [options], null)!;
}
