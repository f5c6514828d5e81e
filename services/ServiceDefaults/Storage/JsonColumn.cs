using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Stores a short list of records in one text column, as JSON.</summary>
public static class JsonColumn
{
    // Text in the database reads as people wrote it.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PropertyBuilder<List<T>> HasJsonConversion<T>(this PropertyBuilder<List<T>> property)
        where T : IEquatable<T> => property.HasConversion(
            list => JsonSerializer.Serialize(list, Options),
            json => Read<T>(json),
            new ValueComparer<List<T>>(
                (a, b) => a!.SequenceEqual(b!),
                list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
                list => list.ToList()));

    /// <summary>The records in a column that was read by hand.</summary>
    public static List<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Options)!;
}
