using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>The fields of a resource that an update mask (AIP-134) may name: whether each is set, and how it is copied.</summary>
/// <typeparam name="TMessage">The resource as it is sent.</typeparam>
/// <typeparam name="TTarget">What the fields are copied to.</typeparam>
public class FieldSet<TMessage, TTarget>(params (string Path, Func<TMessage, bool> IsSet, Action<TTarget, TMessage> Copy)[] fields)
{
    protected IReadOnlyList<(string Path, Func<TMessage, bool> IsSet, Action<TTarget, TMessage> Copy)> Fields => fields;

    /// <summary>
    /// The fields that a mask names: <c>*</c> is all of them, and an empty mask those that are set. INVALID_ARGUMENT where it names
    /// another.
    /// </summary>
    public IReadOnlySet<string> Named(FieldMask? mask, TMessage message)
    {
        if (mask is null or { Paths.Count: 0 })
            return fields.Where(f => f.IsSet(message)).Select(f => f.Path).ToHashSet();
        if (mask.Paths.Contains("*"))
            return fields.Select(f => f.Path).ToHashSet();

        var paths = fields.Select(f => f.Path).ToHashSet();
        var named = mask.Paths.Select(AsTheContractSpells).ToHashSet();
        var wrong = named.Where(p => !paths.Contains(p)).ToArray();
        return wrong.Length == 0 ? named : throw ApiErrors.InvalidField(
            "update_mask", $"'{string.Join("', '", wrong)}' cannot be changed; {string.Join(", ", paths)} can.");
    }

    // JSON has shortName for short_name, in a mask too; in an address it arrives as it was written.
    private static string AsTheContractSpells(string path) =>
        string.Concat(path.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>Copies the named fields.</summary>
    public void Merge(TTarget target, TMessage source, IReadOnlySet<string> named)
    {
        foreach (var field in fields)
        {
            if (named.Contains(field.Path))
                field.Copy(target, source);
        }
    }

    /// <summary>Copies all fields.</summary>
    public void Copy(TTarget target, TMessage source)
    {
        foreach (var field in fields)
            field.Copy(target, source);
    }
}

/// <summary>Fields that are copied from one message to another of its kind.</summary>
public sealed class FieldSet<TMessage>(params (string Path, Func<TMessage, bool> IsSet, Action<TMessage, TMessage> Copy)[] fields)
    : FieldSet<TMessage, TMessage>(fields)
    where TMessage : new()
{
    /// <summary>The fields that two messages have alike.</summary>
    public IReadOnlySet<string> Same(TMessage a, TMessage b) => Fields
        .Where(f =>
        {
            var (ofA, ofB) = (new TMessage(), new TMessage());
            f.Copy(ofA, a);
            f.Copy(ofB, b);
            return ofA.Equals(ofB);
        })
        .Select(f => f.Path)
        .ToHashSet();
}

/// <summary>Helps to copy fields.</summary>
public static class FieldSet
{
    public static void Replace<T>(RepeatedField<T> target, RepeatedField<T> source)
    {
        target.Clear();
        target.AddRange(source);
    }
}
