using System.Collections;
using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace PlanServices.Testing.SqlServer;

/// <summary>Turns the expression of a query into that of the same query in another context, with example values for its parameters.</summary>
/// <param name="context">The other context.</param>
/// <param name="nulls">Whether what may be null is.</param>
internal sealed class TwinExpression(DbContext context, bool nulls) : ExpressionVisitor
{
    /// <summary>Something was null because it may be.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>A value of a type; of some types another for another number.</summary>
    public static object? Example(Type type, int number = 1)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return $"a{number}";
        if (type == typeof(byte[]))
            return new byte[] { (byte)number };
        if (type == typeof(object))
            return number;
        if (type == typeof(int) || type == typeof(long))
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
            return Collection(type);

        return RuntimeHelpers.GetUninitializedObject(type);
    }

    protected override Expression VisitExtension(Expression node) => node switch
    {
        EntityQueryRootExpression root when root.GetType() == typeof(EntityQueryRootExpression) => Root(root),
        QueryParameterExpression parameter => Parameter(parameter.Type),
        QueryRootExpression other => throw new NotSupportedException($"{other} has no form for another database here."),
        _ => base.VisitExtension(node),
    };

    private Expression Root(EntityQueryRootExpression root)
    {
        var entity = context.Model.FindEntityType(root.EntityType.Name)
            ?? throw new InvalidOperationException($"{root.EntityType.Name} is not in the model of {context.GetType()}.");
        var set = (IQueryable)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(entity.ClrType).Invoke(context, null)!;
        return set.Expression;
    }

    // A member of an object, as a local variable that a lambda captures: EF makes a parameter of it again.
    private MemberExpression Parameter(Type type)
    {
        var holder = Activator.CreateInstance(typeof(Holder<>).MakeGenericType(type))!;
        var value = holder.GetType().GetProperty(nameof(Holder<>.Value))!;
        var isNull = nulls && (Nullable.GetUnderlyingType(type) is not null || type == typeof(string));
        HasNulls |= isNull;
        value.SetValue(holder, isNull ? null : Example(type));
        return Expression.Property(Expression.Constant(holder), value);
    }

    private static object Collection(Type type)
    {
        var element = type.GetElementType() ?? type.GetInterfaces().Append(type)
            .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GenericTypeArguments[0];
        var array = Array.CreateInstance(element, 2);
        array.SetValue(Example(element), 0);
        array.SetValue(Example(element), 1);
        if (type.IsInstanceOfType(array))
            return array;

        return Activator.CreateInstance(type.IsInterface ? typeof(HashSet<>).MakeGenericType(element) : type, array)!;
    }

    private sealed class Holder<T>
    {
        public T? Value { get; set; }
    }
}
