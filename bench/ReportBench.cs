using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Comparing;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Bench;

/// <summary>
/// A report of 2,000 leaves in each format, against its XLSX; and the memory that is allocated and that stays while it is made.
/// </summary>
internal static class ReportBench
{
    private const int Leaves = 2000;
    private const int Rounds = 5;

    private static readonly Status[] Statuses = [Status.Red, Status.Amber, Status.Green, Status.NotStarted, Status.Complete];

    private static readonly string[] Words = ["beat", "patrol", "hub", "desk", "panel", "survey", "grant", "review", "walked", "opened", "staffed", "agreed", "victims'", "rural", "county", "shared"];

    public static async Task RunAsync()
    {
        var renderer = new ReportRenderer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);
        var report = Report();
        Dictionary<Format, (double Seconds, long Bytes, double PeakMegabytes)> results = [];
        foreach (var format in ReportRenderer.Formats)
        {
            await renderer.BytesAsync(report, format);
            results[format] = await MeasureAsync(renderer, report, format);
        }

        var reference = results[Format.Xlsx].Seconds;
        Console.WriteLine($"| report of {Leaves:N0} leaves | seconds | × XLSX | file MB | heap above idle MB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (format, (seconds, bytes, peak)) in results)
            Console.WriteLine($"| {format} | {seconds:F2} | {seconds / reference:F2} | {bytes / 1e6:F1} | {peak:F0} |");

        Console.WriteLine();
    }

    // The fastest of some rounds; the heap is looked at all the while.
    private static async Task<(double Seconds, long Bytes, double PeakMegabytes)> MeasureAsync(ReportRenderer renderer, ProgressReport report, Format format)
    {
        var (best, size, peak) = (double.MaxValue, 0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var idle = GC.GetTotalMemory(forceFullCollection: true);
            using var stop = new CancellationTokenSource();
            var watching = Task.Run(async () =>
            {
                var most = 0L;
                using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
                do
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
                while (!stop.IsCancellationRequested && await tick.WaitForNextTickAsync(CancellationToken.None));

                return most;
            });
            var clock = Stopwatch.StartNew();
            size = (await renderer.BytesAsync(report, format)).Length;
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
            await stop.CancelAsync();
            peak = Math.Max(peak, await watching - idle);
        }

        return (best, size, peak / 1e6);
    }

    private static ProgressReport Report()
    {
        var report = new ProgressReport
        {
            Summary = new StatusSummary
            {
                Name = "plans/bench/periods/2018-10/summary",
                PlanDisplayName = "Bench",
                PeriodDisplayName = "October 2018",
                Total = Tally(Leaves),
                UpdateTime = Timestamp.FromDateTime(DateTime.UnixEpoch),
            },
            StatusScheme = new StatusScheme { Statuses = { Statuses.Select(s => new StatusMeaning { Status = s, Label = $"{s}", Colour = "#7fce8c", Symbol = $"{s}"[..1] }) } },
            Audience = Audience.Board,
            BasePeriod = new GridPeriod { Period = "plans/bench/periods/2018-07", DisplayName = "July 2018" },
        };
        foreach (var theme in Enumerable.Range(1, 4))
            report.Summary.Themes.Add(new ThemeTally { Theme = $"plans/bench/themes/t{theme}", DisplayName = $"Theme {theme}", Tally = Tally(Leaves / 4) });
        foreach (var period in Enumerable.Range(1, 12))
            report.Trend.Add(new TrendPoint { Period = new GridPeriod { Period = $"plans/bench/periods/2018-{period:D2}", DisplayName = $"2018-{period:D2}" }, Statuses = Tally(Leaves - period).Statuses });

        report.Rows.AddRange(Enumerable.Range(1, Leaves).Select(i => Row(new Random(i), i)));
        return report;
    }

    // As long as the rows of a real paper, whose narratives have 800 characters on average and up to 1,800. Three of four have something new in it.
    private static ReportRow Row(Random random, int i)
    {
        var sentences = Enumerable.Range(0, 4 + (int)(12 * random.NextDouble() * random.NextDouble())).Select(_ => Sentence(random)).ToList();
        var before = Text(sentences);
        if (random.Next(4) > 0)
        {
            sentences[random.Next(sentences.Count)] = Sentence(random);
            sentences.Insert(random.Next(sentences.Count), Sentence(random));
            sentences.Add(Sentence(random));
        }

        var link = $"https://example.org/board/papers/{i}/agenda-item-{random.Next(20)}.pdf";
        var narrative = $"{Text(sentences)}\nSee also C{random.Next(1, Leaves)}. {link}";
        var status = Statuses[random.Next(Statuses.Length)];
        var row = new ReportRow
        {
            Ref = $"C{i}",
            PlanAction = $"plans/bench/actions/C{i}",
            Theme = $"plans/bench/themes/t{(i * 4 / (Leaves + 1)) + 1}",
            ThemeDisplayName = $"Theme {(i * 4 / (Leaves + 1)) + 1}",
            Title = $"{Sentence(random)} {i}",
            OpccLeads = { "NP" },
            DeliveryLeads = { new DeliveryLead { Text = "Constabulary" }, new DeliveryLead { Text = "County Council", Qualifier = "DA" } },
            Narrative = narrative,
            Opportunities = Sentence(random),
            Status = status,
            StatusLabel = $"{status}",
            StatusReason = status == Status.Green ? "" : Sentence(random),
            Direction = Direction.Improved,
            EvidenceLinks = { link },
            CrossReferences = { $"C{random.Next(1, Leaves)}" },
            State = ProgressUpdate.Types.State.Approved,
            Comparison = new RowComparison { Kind = RowComparison.Types.Kind.Changed },
        };
        row.Comparison.Fields.Add(new FieldComparison { Field = "narrative", Before = before, After = narrative, Runs = { TextComparison.Of(before, narrative) } });
        row.Comparison.Fields.Add(new FieldComparison { Field = "status", Before = "Green", After = $"{status}" });
        return row;
    }

    private static string Text(IEnumerable<string> sentences) => string.Join('\n', sentences.Chunk(4).Select(c => string.Join(' ', c)));

    private static string Sentence(Random random) => $"The {Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]} was {Words[random.Next(Words.Length)]} in {random.Next(2, 60)} places, and those who live there were asked what worries them about the {Words[random.Next(Words.Length)]}.";

    private static Tally Tally(int leaves) => new()
    {
        Leaves = leaves,
        Statuses = new StatusCounts { Green = leaves },
        Directions = new DirectionCounts { NotRecorded = leaves },
        States = new StateCounts { Approved = leaves },
    };
}
