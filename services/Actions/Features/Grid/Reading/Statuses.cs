using System.Text.RegularExpressions;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Reads status and direction of travel. What is not certain stays unspecified.</summary>
internal static partial class Statuses
{
    private static readonly Dictionary<string, Status> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["r"] = Status.Red,
        ["red"] = Status.Red,
        ["a"] = Status.Amber,
        ["amber"] = Status.Amber,
        ["yellow"] = Status.Amber,
        ["g"] = Status.Green,
        ["green"] = Status.Green,
        ["on target"] = Status.Green,
        ["w"] = Status.NotStarted,
        ["white"] = Status.NotStarted,
        ["not started"] = Status.NotStarted,
        ["c"] = Status.Complete,
        ["complete"] = Status.Complete,
        ["completed"] = Status.Complete,
        ["nr"] = Status.NotRated,
        ["not rated"] = Status.NotRated,
    };

    private static readonly Dictionary<string, Direction> Directions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["improved"] = Direction.Improved,
        ["improving"] = Direction.Improved,
        ["up"] = Direction.Improved,
        ["better"] = Direction.Improved,
        ["no change"] = Direction.NoChange,
        ["unchanged"] = Direction.NoChange,
        ["same"] = Direction.NoChange,
        ["stable"] = Direction.NoChange,
        ["deteriorated"] = Direction.Deteriorated,
        ["deteriorating"] = Direction.Deteriorated,
        ["down"] = Direction.Deteriorated,
        ["worse"] = Direction.Deteriorated,
        ["worsened"] = Direction.Deteriorated,
        ["↑"] = Direction.Improved,
        ["⇧"] = Direction.Improved,
        ["⬆"] = Direction.Improved,
        ["▲"] = Direction.Improved,
        ["\\uparrow"] = Direction.Improved,
        ["↓"] = Direction.Deteriorated,
        ["⇩"] = Direction.Deteriorated,
        ["⬇"] = Direction.Deteriorated,
        ["▼"] = Direction.Deteriorated,
        ["\\downarrow"] = Direction.Deteriorated,
        ["↔"] = Direction.NoChange,
        ["⇔"] = Direction.NoChange,
        ["⟷"] = Direction.NoChange,
        ["⬌"] = Direction.NoChange,
        ["<->"] = Direction.NoChange,
        ["\\leftrightarrow"] = Direction.NoChange,
    };

    private static readonly Dictionary<string, Status> NoLabels = [];

    public static bool LooksLikeStatus(string cell) =>
        cell.Length <= 30 && (Arrow().IsMatch(cell) || Words.ContainsKey(Word(cell)) || Directions.ContainsKey(Word(cell)));

    /// <summary>The status that a cell of its own states, unspecified where it is empty; null where it says anything else.</summary>
    public static Status? StatusOf(string cell, IReadOnlyDictionary<string, Status> labels) =>
        Parse(cell.Trim(), labels) is (var status, Direction.Unspecified, "", _) ? status : null;

    /// <summary>The direction that a cell of its own states, unspecified where it is empty; null where it says anything else.</summary>
    public static Direction? DirectionOf(string cell) =>
        Parse(cell.Trim(), NoLabels) is (Status.Unspecified, var direction, "", _) ? direction : null;

    /// <summary>What a row says of both; one cell may hold the two.</summary>
    public static (Status Status, Direction Direction, string RawDirection) Read(
        RawRow row, IReadOnlyDictionary<string, Status> labels, bool ownDirection, Findings findings)
    {
        var cell = row[GridColumn.Status];
        var (status, direction, left, arrow) = Parse(cell, labels);
        if (row.Lost.Contains(GridColumn.Status))
            findings.Warn("STATUS_COLUMN_LOST", row.Line, "status", "", "", "The page lost its status column; status and direction are not recorded.");
        else if (left.Length > 0)
            findings.Warn("STATUS_UNREADABLE", row.Line, "status", cell, "", "The cell holds no status that could be read; nothing was guessed.");
        else if (status == Status.Unspecified)
            findings.Info("STATUS_NOT_RECORDED", row.Line, "status", cell, "", "The row states no status.");

        if (!ownDirection)
        {
            Doubt(row, "status", cell, left + arrow, direction, findings);
            return (status, direction, direction == Direction.Unspecified ? left : arrow);
        }

        var own = row[GridColumn.Direction];
        var (none, stated, rest, _) = Parse(own, labels);
        if (none != Status.Unspecified)
            (stated, rest) = (Direction.Unspecified, own);
        if (own.Length == 0 && direction != Direction.Unspecified)
            return (status, direction, arrow);
        if (stated != Direction.Unspecified && direction != Direction.Unspecified && stated != direction)
        {
            findings.Warn("DIRECTION_CONTRADICTED", row.Line, "direction", $"{cell} | {own}", "", "The status cell shows another direction than the direction cell; neither was taken.");
            return (status, Direction.Unspecified, own);
        }

        Doubt(row, "direction", own, rest, stated, findings);
        return (status, stated, own);
    }

    private static void Doubt(RawRow row, string column, string cell, string left, Direction direction, Findings findings)
    {
        if (direction != Direction.Unspecified)
            return;

        if (cell.Length == 0)
        {
            findings.Info("DIRECTION_NOT_RECORDED", row.Line, "direction", "", "", "The row states no direction of travel.");
            return;
        }

        var clipped = left is "←" or "→" or "⟵" or "⟶" or "\\leftarrow" or "\\rightarrow";
        findings.Warn(
            "DIRECTION_UNREADABLE", row.Line, "direction", cell, clipped ? "no change" : "",
            clipped
                ? "The arrow is none of the key's; it may be what is left of the one for no change, and was not taken."
                : $"The {column} cell shows no arrow that could be read; nothing was guessed.",
            clipped ? 0.5 : 0);
    }

    // A status, a direction, both in either order, and what is left of the cell when they are taken out.
    private static (Status Status, Direction Direction, string Left, string Arrow) Parse(string cell, IReadOnlyDictionary<string, Status> labels)
    {
        var arrows = Arrow().Matches(cell).Select(m => m.Value.Trim()).ToArray();
        var rest = Word(Arrow().Replace(cell, " "));
        var direction = Direction.Unspecified;
        var arrow = "";
        if (arrows is [var only] && Directions.TryGetValue(only, out direction))
            arrow = only;
        else if (arrows.Length > 0)
            rest = cell;

        if (rest.Length == 0)
            return (Status.Unspecified, direction, "", arrow);
        if (labels.TryGetValue(rest, out var status) || Words.TryGetValue(rest, out status))
            return (status, direction, "", arrow);
        if (direction == Direction.Unspecified && Directions.TryGetValue(rest, out direction))
            return (Status.Unspecified, direction, "", rest);

        foreach (var (word, stated) in Words.Concat(labels))
        {
            var behind = rest.Length > word.Length && rest.StartsWith(word + " ", StringComparison.OrdinalIgnoreCase) ? Word(rest[word.Length..]) : "";
            if (direction == Direction.Unspecified && behind.Length > 0 && Directions.TryGetValue(behind, out var both))
                return (stated, both, "", behind);
        }

        return (Status.Unspecified, direction, rest, arrow);
    }

    private static string Word(string text) => Space().Replace(text, " ").Trim(' ', '/', ',', ';', ':', '-', '(', ')', '\uFE0E', '\uFE0F');

    [GeneratedRegex(@"\\(?:leftrightarrow|uparrow|downarrow|leftarrow|rightarrow)|<->|[←-⇿⟰-⟿⤀-⥿⬀-⬍▲▼]", RegexOptions.IgnoreCase)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
