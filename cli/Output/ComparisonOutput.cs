using PlanServices.Reporting.V1;
using Spectre.Console;
using Kind = PlanServices.Reporting.V1.RowComparison.Types.Kind;

namespace PlanServices.Cli.Output;

/// <summary>Says leaf by leaf what is new: {+new words+}, [-words that are gone-].</summary>
internal static class ComparisonOutput
{
    // Of what stayed the same, this much shows around a change.
    private const int MostEqual = 40;

    public static void Write(IAnsiConsole console, ComparePeriodsResponse comparison)
    {
        foreach (var row in comparison.Rows)
        {
            console.WriteLine($"{row.Ref}  {row.Title}{Note(row.Kind)}");
            foreach (var field in row.Fields)
            {
                var text = field.Runs.Count > 0
                    ? string.Concat(field.Runs.Select(Run))
                    : $"{(field.Before.Length > 0 ? field.Before : "(empty)")} → {(field.After.Length > 0 ? field.After : "(empty)")}";
                console.WriteLine($"    {field.Field}: {text.ReplaceLineEndings(" ")}");
            }
        }

        console.WriteLine(comparison.BasePeriod is { } past
            ? $"{comparison.Rows.Count} of {comparison.TotalLeaves} actions differ between {past.DisplayName} and {comparison.Period.DisplayName}."
            : $"{comparison.Period.DisplayName} is the plan's first period: everything is new.");
    }

    private static string Note(Kind kind) => kind switch
    {
        Kind.New => "  (new)",
        Kind.Missing => "  (no update now)",
        _ => "",
    };

    private static string Run(TextRun run) => run.Kind switch
    {
        TextRun.Types.Kind.Inserted => $"{{+{run.Text}+}}",
        TextRun.Types.Kind.Deleted => $"[-{run.Text}-]",
        _ => run.Text.Length <= 2 * MostEqual ? run.Text : $"{run.Text[..MostEqual]} … {run.Text[^MostEqual..]}",
    };
}
