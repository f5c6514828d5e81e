using Google.Protobuf.Collections;
using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.Importing;

/// <summary>What undoing an import does, in words: "It removes 44 updates, 49 actions and 1 period, and puts 3 updates back as before."</summary>
internal static class UndoneWords
{
    /// <param name="undone">The answer.</param>
    /// <param name="done">Whether it is done.</param>
    public static string Of(UndoImportResponse undone, bool done)
    {
        var (removes, puts) = done ? ("removed", "put") : ("removes", "puts");
        string?[] parts =
        [
            undone.TotalRemoved > 0 ? $"{removes} {Counted(undone.Removed, undone.TotalRemoved)}" : null,
            undone.TotalRestored > 0 ? $"{puts} {Counted(undone.Restored, undone.TotalRestored)} back as before" : null,
        ];
        var said = string.Join(", and ", parts.OfType<string>());
        return said.Length == 0 ? "Nothing of it is left to undo." : $"It {said}.";
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
