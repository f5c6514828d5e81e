using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace PlanServices.Testing.SqlServer;

/// <summary>The schema that a context's migrations make on SQL Server, as the tools of SQL Server read it.</summary>
internal sealed class SqlServerSchema : IDisposable
{
    private const string Source = "statement";

    private readonly TSqlModel _model = new(SqlServerVersion.Sql160, new TSqlModelOptions());
    private readonly HashSet<string> _valid = [];
    private readonly Lock _lock = new();

    /// <summary>Reads the script of all migrations. Fails where the tools do not understand it, or find a fault in the schema.</summary>
    public SqlServerSchema(DbContext migrator)
    {
        var commands = new List<string>();
        var script = migrator.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
        var statements = WithColumnsInPlace(Statements(script));
        foreach (var statement in statements)
        {
            if (statement is CreateTableStatement table)
                _model.AddObjects(Generated(table));
            else if (statement is CreateIndexStatement or CreateTriggerStatement)
                _model.AddObjects(Text(statement));
            else if (statement is IfStatement { ThenStatement: BeginEndBlockStatement { StatementList.Statements: [CreateTableStatement history] } })
                _model.AddObjects(Text(history));
            else
                commands.Add(Text(statement));
        }

        Tables = [.. _model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass).Select(t => t.Name.Parts[^1])];
        Assert.Equal([], Faults());
        foreach (var command in commands)
            AssertValid(new Statement(command, "", "migration"));
    }

    public IReadOnlyList<string> Tables { get; }

    /// <summary>How many different statements were found to be valid.</summary>
    public int Checked => _valid.Count;

    /// <summary>Fails where a statement is not understood, or the schema has none of the tables, columns or variables that it names.</summary>
    public void AssertValid(Statement statement)
    {
        lock (_lock)
        {
            if (_valid.Contains(statement.Sql))
                return;

            var procedure = $"CREATE PROCEDURE [statement] {statement.Parameters} AS BEGIN\n{statement.Sql}\nEND";
            Statements(procedure);
            try
            {
                _model.AddOrUpdateObjects(procedure, Source, new TSqlObjectOptions());
                Assert.True(Faults() is [], $"SQL Server would refuse this: {string.Join('\n', Faults())}\n{statement.Origin}\n{statement.Sql}");
            }
            finally
            {
                _model.DeleteObjects(Source);
            }

            _valid.Add(statement.Sql);
        }
    }

    public void Dispose() => _model.Dispose();

    // What every server has is not in the model.
    private string[] Faults() =>
        [.. _model.Validate().Select(m => m.Message).Where(m => !m.Contains("reference to object [sys].", StringComparison.Ordinal))];

    private static List<TSqlStatement> Statements(string script)
    {
        using var text = new StringReader(script);
        var parsed = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: true).Parse(text, out var errors);
        Assert.True(errors.Count == 0, string.Join("\n", errors.Select(e => $"{e.Line}:{e.Column} {e.Message}").Append(script)));
        return [.. parsed.Batches.SelectMany(b => b.Statements)];
    }

    // The tools take no ALTER TABLE into a model: a column that a later migration adds stands as if the table had been made with it.
    private static List<TSqlStatement> WithColumnsInPlace(List<TSqlStatement> statements)
    {
        var tables = statements.OfType<CreateTableStatement>().ToDictionary(t => t.SchemaObjectName.BaseIdentifier.Value);
        var additions = statements.OfType<AlterTableAddTableElementStatement>().Where(s => s.Definition.TableConstraints.Count == 0).ToList();
        foreach (var added in additions)
        {
            foreach (var column in added.Definition.ColumnDefinitions)
                tables[added.SchemaObjectName.BaseIdentifier.Value].Definition.ColumnDefinitions.Add(column);
        }

        return [.. statements.Except(additions)];
    }

    private static string Generated(TSqlFragment fragment)
    {
        new Sql160ScriptGenerator().GenerateScript(fragment, out var text);
        return text;
    }

    private static string Text(TSqlFragment fragment) =>
        string.Concat(fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(t => t.Text));
}
