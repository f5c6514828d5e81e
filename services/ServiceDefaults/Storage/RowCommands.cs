using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>
/// Writes rows of one entity type without EF's change tracker, by statements that are prepared once a connection: the same tables,
/// columns and conversions, read from EF's model, at a tenth of the cost. For the writes of which there are many.
/// </summary>
/// <remarks>The caller sets foreign keys; navigations are not looked at. Not for several threads at once, as a connection is not.</remarks>
public sealed class RowCommands<TEntity>
    where TEntity : class
{
    private static readonly Func<object, object> Clone = typeof(TEntity)
        .GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();

    private readonly DbConnection _connection;
    private readonly Engine _engine;
    private readonly Column[] _columns;
    private readonly Column? _identity;
    private readonly Column[] _key;
    private readonly string _table;
    private readonly Func<string, string> _quote;
    private Statement? _insert;
    private readonly Dictionary<ulong, Statement> _updates = [];
    private object? _opening;

    internal RowCommands(DbContext db)
    {
        var entity = db.Model.FindEntityType(typeof(TEntity)) ?? throw new ArgumentException($"{typeof(TEntity)} is no entity of {db.GetType()}.");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        _quote = db.GetService<ISqlGenerationHelper>().DelimitIdentifier;
        _connection = db.Database.GetDbConnection();
        _engine = Engine.Of(_connection);
        _table = _quote(table.Name);
        _columns = [.. entity.GetProperties().Select(p => new Column(p, p.GetColumnName(table)!))];
        _key = [.. _columns.Where(c => c.Property.IsPrimaryKey())];
        _identity = _key is [{ Property.ValueGenerated: ValueGenerated.OnAdd } only] ? only : null;
    }

    /// <summary>The columns for a SELECT, each behind the table's alias; <see cref="Read"/> takes them in this order.</summary>
    public string Columns(string alias) => string.Join(", ", _columns.Select(c => $"{alias}.{_quote(c.Name)}"));

    /// <summary>How many columns there are.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>The entity in a row that was read, from the ordinal of its first column on.</summary>
    public TEntity Read(DbDataReader reader, int from)
    {
        var entity = (TEntity)RuntimeHelpers.GetUninitializedObject(typeof(TEntity));
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].Read(entity, reader, from + i);

        return entity;
    }

    /// <summary>Inserts a row in the context's transaction; a key that the database makes is set on the entity.</summary>
    public async ValueTask InsertAsync(DbContext db, TEntity entity, CancellationToken cancellationToken)
    {
        ForgetOtherOpenings();
        var statement = _insert ??= Insertion();
        statement.Bind(db, entity);
        if (_identity is null)
            await statement.Command.ExecuteNonQueryAsync(cancellationToken);
        else
            _identity.Property.PropertyInfo!.SetValue(entity, await _engine.InsertAsync(statement.Command, cancellationToken));
    }

    /// <summary>A copy to compare with: see <see cref="UpdateAsync"/>. Values that are lists are shared, and to be replaced, not changed.</summary>
    public TEntity Copy(TEntity entity) => (TEntity)Clone(entity);

    /// <summary>Whether two entities differ in a column that may change.</summary>
    public bool Differ(TEntity a, TEntity b) => Array.Exists(_columns, c => c.MayChange && c.Differs(a, b));

    /// <summary>Writes the columns in which an entity differs from what was read, in the context's transaction.</summary>
    /// <param name="before">The entity as it was read; null writes all columns.</param>
    public async ValueTask UpdateAsync(DbContext db, TEntity entity, TEntity? before, CancellationToken cancellationToken)
    {
        var differing = 0UL;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].MayChange && (before is null || _columns[i].Differs(entity, before)))
                differing |= 1UL << i;
        }

        if (differing == 0)
            return;
        ForgetOtherOpenings();
        if (!_updates.TryGetValue(differing, out var statement))
            _updates.Add(differing, statement = Change(differing));

        statement.Bind(db, entity);
        var rows = await statement.Command.ExecuteNonQueryAsync(cancellationToken);
        if (rows != 1)
            throw new DbUpdateConcurrencyException($"{_table} has {rows} rows with the key of the entity.");
    }

    /// <summary>The statements, with all columns that may change.</summary>
    internal IEnumerable<string> Statements()
    {
        yield return Insertion().Command.CommandText;
        var changeable = _columns.Index().Where(c => c.Item.MayChange).Aggregate(0UL, (bits, c) => bits | (1UL << c.Index));
        if (changeable != 0)
            yield return Change(changeable).Command.CommandText;
    }

    private void ForgetOtherOpenings()
    {
        if (Opening.Of(_connection) is var opening && opening != _opening)
        {
            (_insert, _opening) = (null, opening);
            _updates.Clear();
        }
    }

    private Statement Insertion()
    {
        var columns = _columns.Where(c => c != _identity).ToArray();
        var names = string.Join(", ", columns.Select(c => _quote(c.Name)));
        var values = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        var insert = $"INSERT INTO {_table} ({names}) VALUES ({values})";
        return New(_identity is null ? insert : _engine.Inserting(insert), columns);
    }

    private Statement Change(ulong which)
    {
        var columns = _columns.Where((_, i) => (which & (1UL << i)) != 0).Concat(_key).ToArray();
        var assignments = columns.Select((c, i) => $"{_quote(c.Name)} = @p{i}").ToArray();
        var set = string.Join(", ", assignments[..^_key.Length]);
        var where = string.Join(" AND ", assignments[^_key.Length..]);
        return New($"UPDATE {_table} SET {set} WHERE {where}", columns);
    }

    private Statement New(string sql, Column[] columns)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < columns.Length; i++)
            command.Parameters.Add(columns[i].Mapping.CreateParameter(command, $"@p{i}", null, columns[i].Property.IsNullable));

        return new Statement(command, columns, _engine);
    }

    private sealed class Statement(DbCommand command, Column[] columns, Engine engine)
    {
        public DbCommand Command => command;

        public void Bind(DbContext db, TEntity entity)
        {
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            for (var i = 0; i < columns.Length; i++)
                engine.Set(command.Parameters[i], columns[i].Get(entity));
        }
    }

    private sealed class Column(IProperty property, string name)
    {
        private readonly Func<object, object?> _get = property.GetGetter().GetClrValue;
        private readonly Action<TEntity, DbDataReader, int> _read = Reading(property);
        private readonly Func<object?, object?>? _convert = property.GetRelationalTypeMapping().Converter?.ConvertToProvider;
        private Func<TEntity, TEntity, bool>? _differs;

        public IProperty Property => property;

        public string Name => name;

        public bool MayChange { get; } = !property.IsPrimaryKey() && property.GetAfterSaveBehavior() == PropertySaveBehavior.Save;

        public bool Differs(TEntity a, TEntity b) => (_differs ??= Differing(property))(a, b);

        public RelationalTypeMapping Mapping { get; } = property.GetRelationalTypeMapping();

        public object? Get(TEntity entity)
        {
            var value = _get(entity);
            return _convert is null || value is null ? value : _convert(value);
        }

        public void Read(TEntity entity, DbDataReader reader, int ordinal) => _read(entity, reader, ordinal);

        // entity.Property = reader.IsDBNull(ordinal) ? null : convert(reader.GetXxx(ordinal)), as EF's mapping has it.
        private static Action<TEntity, DbDataReader, int> Reading(IProperty property)
        {
            var mapping = property.GetRelationalTypeMapping();
            var entity = Expression.Parameter(typeof(TEntity));
            var reader = Expression.Parameter(typeof(DbDataReader));
            var ordinal = Expression.Parameter(typeof(int));
            var value = mapping.CustomizeDataReaderExpression(Expression.Call(reader, mapping.GetDataReaderMethod(), ordinal));
            if (mapping.Converter is { } converter)
            {
                var stored = Expression.Variable(converter.ProviderClrType);
                Expression converted = ConvertTo(Expression.Invoke(converter.ConvertFromProviderExpression, stored), property.ClrType);
                // Most lists are empty, and are not parsed.
                if (stored.Type == typeof(string) && property.ClrType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(List<>))
                    converted = Expression.Condition(Expression.Equal(stored, Expression.Constant("[]")), Expression.New(type), converted);
                value = Expression.Block([stored], Expression.Assign(stored, ConvertTo(value, stored.Type)), converted);
            }

            value = ConvertTo(value, property.ClrType);
            if (property.IsNullable)
            {
                value = Expression.Condition(
                    Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, ordinal), Expression.Default(property.ClrType), value);
            }

            var assignment = Expression.Assign(Expression.Property(entity, property.PropertyInfo!), value);
            return Expression.Lambda<Action<TEntity, DbDataReader, int>>(assignment, entity, reader, ordinal).Compile();
        }

        // a.Property != b.Property, with nothing boxed; for lists as EF compares them.
        private static Func<TEntity, TEntity, bool> Differing(IProperty property)
        {
            var (a, b) = (Expression.Parameter(typeof(TEntity)), Expression.Parameter(typeof(TEntity)));
            var (one, other) = (Expression.Property(a, property.PropertyInfo!), Expression.Property(b, property.PropertyInfo!));
            var type = property.ClrType;
            if (type.IsValueType || type == typeof(string))
                return Expression.Lambda<Func<TEntity, TEntity, bool>>(Expression.NotEqual(one, other), a, b).Compile();

            // EF's own comparer of texts makes a delegate at each call.
            var equal = type == typeof(List<string>)
                ? Expression.Call(typeof(Enumerable), nameof(Enumerable.SequenceEqual), [typeof(string)], one, other)
                : property.GetValueComparer().ExtractEqualsBody(one, other);
            var none = Expression.Constant(null);
            var same = Expression.OrElse(
                Expression.ReferenceEqual(one, other),
                Expression.AndAlso(Expression.AndAlso(Expression.ReferenceNotEqual(one, none), Expression.ReferenceNotEqual(other, none)), equal));
            return Expression.Lambda<Func<TEntity, TEntity, bool>>(Expression.Not(same), a, b).Compile();
        }

        private static Expression ConvertTo(Expression value, Type type) => value.Type == type ? value : Expression.Convert(value, type);
    }
}

/// <summary>Finds the <see cref="RowCommands{TEntity}"/> of a context's connection.</summary>
public static class RowCommands
{
    public static RowCommands<TEntity> Rows<TEntity>(this DbContext db)
        where TEntity : class
    {
        var connection = db.Database.GetDbConnection();
        return Of<TEntity>.Connections.TryGetValue(connection, out var commands)
            ? commands
            : Of<TEntity>.Connections.GetValue(connection, _ => new RowCommands<TEntity>(db));
    }

    private static class Of<TEntity>
        where TEntity : class
    {
        public static readonly ConditionalWeakTable<DbConnection, RowCommands<TEntity>> Connections = [];
    }
}
