using CsCheck;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Testing;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

/// <summary>A damaged grid never yields a wrong value silently: each cell is right, or a diagnostic speaks of it.</summary>
public class DamageProperties
{
    // The same grids in each run, so that a red run is red again. To look further: PLANSERVICES_DAMAGE_SEEDS=5000-9000.
    private static IEnumerable<int> Seeds(int many)
    {
        var wanted = Environment.GetEnvironmentVariable("PLANSERVICES_DAMAGE_SEEDS")?.Split('-').Select(int.Parse).ToArray();
        return wanted is [var from, var to] ? Enumerable.Range(from, to - from) : Enumerable.Range(0, many);
    }

    [Fact]
    public void ReadText_CleanGrid_IsReadWholeWithoutWarnings() => Assert.All(
        Seeds(300),
        seed =>
        {
            var random = new Random(seed);
            var rows = TrueRow.Plan(random);
            var grid = new DamagedGrid(rows, random, damaged: false);

            var reading = WholeGrid.OfText(grid.Text);

            Assert.DoesNotContain(reading.Diagnostics, d => d.Severity != Severity.Info);
            Assert.Equal(rows.Select(r => r.Ref), reading.Leaves.Select(l => l.Ref));
            foreach (var leaf in reading.Leaves)
                Assert.Empty(Wrong(grid.Lines[leaf.Line], leaf, rows, reading));
        });

    [Fact]
    public void ReadText_DamagedGrid_RightValueOrDiagnostic() => Assert.All(
        Seeds(800),
        seed =>
        {
            var random = new Random(seed);
            var rows = TrueRow.Plan(random);
            var grid = new DamagedGrid(rows, random, damaged: true);

            var reading = WholeGrid.OfText(grid.Text);

            var said = reading.Diagnostics.Select(d => (d.Line, d.Column)).ToHashSet();
            foreach (var (line, row) in grid.Lines)
            {
                if (reading.Leaves.SingleOrDefault(l => l.Line == line) is not { } leaf)
                {
                    Assert.True(reading.Diagnostics.Any(d => d.Line == line && d.Severity != Severity.Info), $"seed {seed}: {row.Ref} on line {line} was lost silently");
                    continue;
                }

                foreach (var (column, truth, read) in Wrong(row, leaf, rows, reading))
                {
                    Assert.True(
                        said.Contains((line, column)) || said.Contains((line, "")),
                        $"seed {seed}: {row.Ref} on line {line}: {column} is '{read}', truly '{truth}', and no diagnostic says so");
                }
            }
        });

    [Fact]
    public void ReadText_AnyText_NeverThrowsAnythingElse() => Gen.Select(Gen.Int, UnicodeText.Any).Sample(
        (seed, noise) =>
        {
            var random = new Random(seed);
            var text = new DamagedGrid(TrueRow.Plan(random), random, damaged: true).Text;
            var at = random.Next(text.Length);
            var broken = random.Next(3) switch
            {
                0 => text[..at],
                1 => text.Insert(at, noise),
                _ => noise + text[at..],
            };
            try
            {
                var once = WholeGrid.OfText(broken);
                Assert.Equal(once.Leaves.Select(l => l.Ref), WholeGrid.OfText(broken).Leaves.Select(l => l.Ref));
            }
            catch (UnreadableGridException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        },
        iter: 500);

    private static IEnumerable<(string Column, string Truth, string Read)> Wrong(TrueRow row, GridLeaf leaf, List<TrueRow> rows, WholeGrid reading)
    {
        var parent = leaf.ParentRef is { } p ? reading.Actions.Single(a => a.Ref == p).Title : "";
        var first = row.Ref.Contains('.', StringComparison.Ordinal) ? rows.First(r => r.Ref.StartsWith(row.Ref[..(row.Ref.IndexOf('.', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)) : row;
        (string Column, string Truth, string Read)[] cells =
        [
            ("ref", row.Ref, leaf.Ref),
            ("theme", row.Theme, leaf.Theme),
            ("title", first.Title, leaf.Title.Length > 0 ? leaf.Title : parent),
            ("opcc_leads", row.Initials, string.Join(" / ", leaf.OpccLeads)),
            ("delivery_leads", row.Lead, string.Join(" / ", leaf.DeliveryLeads.Select(l => l.Text))),
            ("narrative", row.Narrative, leaf.Narrative),
            ("opportunities", row.Opportunities, leaf.Opportunities),
            ("status", $"{Of(row.Status)}", $"{leaf.Status}"),
            ("direction", $"{(row.Arrow == "↑" ? Direction.Improved : row.Arrow == "↓" ? Direction.Deteriorated : Direction.NoChange)}", $"{leaf.Direction}"),
        ];
        return cells.Where(c => c.Truth != c.Read);
    }

    private static Status Of(string word) => word[0] switch
    {
        'R' => Status.Red,
        'A' => Status.Amber,
        'G' => Status.Green,
        _ => Status.NotStarted,
    };
}
