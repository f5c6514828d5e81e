namespace PlanServices.Actions.Tests.Features.Grid.Reading;

/// <summary>What a row of a made-up grid truly says.</summary>
public sealed record TrueRow(
    string Theme, string Ref, string Title, string Initials, string Lead, string Narrative, string Status, string Arrow, string Opportunities)
{
    private static readonly (string Name, string Prefix)[] Themes =
        [("Victims", "V"), ("Offenders", "O"), ("Communities", "C"), ("Transformation", "T"), ("Prevention", "P")];

    private static readonly string[] Officers = ["NP", "CS", "JH", "CK", "DG", "AW / DG", "NP / CS"];

    private static readonly string[] Bodies =
        ["Constabulary", "County Council", "Youth Offending Services", "Constabulary / County Council", "OPCC", "Criminal Justice Board - Offender Subgroup"];

    private static readonly string[] Words =
        ["work", "goes", "on", "with", "partners", "in", "each", "district", "to", "keep", "people", "safe", "and", "informed", "during", "the", "year"];

    /// <summary>A plan's rows in its order: some actions with sub-actions, whose title stands on the first.</summary>
    public static List<TrueRow> Plan(Random random)
    {
        List<TrueRow> rows = [];
        foreach (var (theme, prefix) in Themes.Take(random.Next(2, Themes.Length + 1)))
        {
            for (var (number, last) = (1, random.Next(3, 12)); number <= last; number++)
            {
                var subs = random.Next(6) == 0 ? random.Next(2, 4) : 0;
                for (var sub = subs == 0 ? 0 : 1; sub <= subs; sub++)
                    rows.Add(New(random, theme, sub == 0 ? $"{prefix}{number}" : $"{prefix}{number}.{sub}", titled: sub < 2));
            }
        }

        return rows;
    }

    private static TrueRow New(Random random, string theme, string reference, bool titled) => new(
        theme,
        reference,
        titled ? Sentence(random, 8) : "",
        Pick(random, Officers),
        Pick(random, Bodies),
        Sentence(random, 25),
        Pick(random, ["R", "A", "G", "W", "Green", "Amber"]),
        Pick(random, ["↑", "↓", "↔"]),
        random.Next(3) == 0 ? "" : Sentence(random, 10));

    private static string Sentence(Random random, int words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words + random.Next(words)).Select(_ => Pick(random, Words)));
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    public static T Pick<T>(Random random, T[] of) => of[random.Next(of.Length)];
}
