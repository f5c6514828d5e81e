using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Storage.Engines;
using Xunit;

namespace PlanServices.Testing.SqlServer;

/// <summary>
/// Every query that a test run issues against SQLite, in the form in which SQL Server would get it, validated against the schema that the
/// migrations for SQL Server make. The query that has no such form, or no valid one, fails as if the database had refused it, and its test
/// with it. So there is no list of queries that somebody would have to keep.
/// </summary>
public static partial class IssuedQueries
{
    private static readonly Recorder Queries = new();
    private static readonly ConcurrentDictionary<Type, SqlServerSchema> Schemas = [];

    static IssuedQueries() => PreparedSql.Preparing += (db, sql) =>
    {
        if (sql != Engine.Sqlite.Save && sql != Engine.Sqlite.RollBack && sql != Engine.Sqlite.Release && Schemas.ContainsKey(db.GetType()))
            SchemaOf(db.GetType()).AssertValid(Raw(sql.Text));
    };

    /// <summary>Has what a service does with a context recorded.</summary>
    public static void Record<TContext>(IServiceCollection services)
        where TContext : DbContext
    {
        if (!Cultures.AreThere)
            return;

        SchemaOf(typeof(TContext));
        services.ConfigureDbContext<TContext>(options => options.AddInterceptors(Queries));
    }

    /// <summary>Fails where a statement, with parameters <c>@p0</c> and so on, does not fit the schema.</summary>
    public static void AssertValid<TContext>(string sql)
        where TContext : DbContext
    {
        Assert.SkipUnless(Cultures.AreThere, Cultures.Missing);
        SchemaOf(typeof(TContext)).AssertValid(Raw(sql));
    }

    internal static SqlServerSchema SchemaOf(Type context) => Schemas.GetOrAdd(context, type =>
    {
        using var migrator = SqlServerTwin.Migrator(type);
        return new SqlServerSchema(migrator);
    });

    internal static Statement Raw(string sql) =>
        new(sql, string.Join(", ", Parameters().Matches(sql).Select(m => m.Value).Distinct().Select(p => $"{p} nvarchar(max)")), "raw");

    [GeneratedRegex(@"@p\d+")]
    private static partial Regex Parameters();

    private sealed class Recorder : IQueryExpressionInterceptor
    {
        public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
        {
            var context = eventData.Context!.GetType();
            var origin = eventData.ExpressionPrinter.PrintExpression(queryExpression);
            // A query has another form where a parameter is null.
            foreach (var nulls in new[] { false, true })
                Translate(queryExpression, context, origin, nulls);

            return queryExpression;
        }

        private static void Translate(Expression query, Type context, string origin, bool nulls)
        {
            var twin = new SqlServerTwin(context);
            using var db = twin.Context;
            var translation = new TwinExpression(db, nulls);
            var translated = translation.Visit(query);
            if (nulls && !translation.HasNulls)
                return;

            twin.Captured.Origin = origin;
            try
            {
                Run(db.GetService<IAsyncQueryProvider>(), translated);
            }
            catch (Exception e) when (e.GetBaseException() is CapturedCommands.CapturedException)
            {
                // There is no server to go on with.
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"SQL Server has no form of the query {origin}", e);
            }

            Assert.NotEmpty(twin.Captured.Statements);
            foreach (var statement in twin.Captured.Statements)
                SchemaOf(context).AssertValid(statement);
        }

        private static void Run(IQueryProvider provider, Expression query)
        {
            if (!query.Type.IsAssignableTo(typeof(IQueryable)))
                provider.Execute(query);
            else
                provider.CreateQuery(query).GetEnumerator().MoveNext();
        }
    }
}
