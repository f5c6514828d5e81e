using Google.Protobuf.Collections;
using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.Importing;

/// <summary>What undoing an import does, in words: "44 updates, 49 actions and 1 period are removed; 3 updates are as before."</summary>
internal static class UndoneWords
{
    /// <param name="undone">The answer.</param>
    /// <param name="verb">"are", or "would be".</param>
    public static string Of(UndoImportResponse undone, string verb)
    {
        string[] parts =
        [
            .. undone.TotalRemoved > 0 ? [$"{Counted(undone.Removed, undone.TotalRemoved)} {verb} removed"] : Array.Empty<string>(),
            .. undone.TotalRestored > 0 ? [$"{Counted(undone.Restored, undone.TotalRestored)} {verb} as before the import"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "Nothing of it is left to undo." : $"{string.Join("; ", parts)}.";
    }

    // More than are named are counted together.
    private static string Counted(RepeatedField<string> names, int total)
    {
        if (names.Count < total)
            return $"{total:N0} updates, actions and the like";

        var kinds = names.CountBy(Kind).OrderByDescending(k => k.Value).Select(k => Words.Count(k.Value, k.Key)).ToArray();
        return kinds is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : kinds[0];
    }

    private static string Kind(string name) => name.Split('/') switch
    {
        [_, _, "actions", _, "updates", _] => "update",
        [_, _, "actions", _] => "action",
        [_, _, "themes", _] => "theme",
        [_, _, "periods", _] => "period",
        _ => "plan",
    };
}
