using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Bench;

/// <summary>
/// A report of 2,000 leaves in each format, against its XLSX; and the memory that is allocated and that stays while it is made.
/// </summary>
internal static class ReportBench
{
    private const int Leaves = 2000;
    private const int Rounds = 5;

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
        var text = string.Join(' ', Enumerable.Repeat("The beat was walked in the morning and the evening, and those who live there were asked what worries them most.", 8));
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
            StatusScheme = new StatusScheme { Statuses = { new StatusMeaning { Status = Status.Green, Label = "Green", Colour = "#7fce8c", Symbol = "G" } } },
            Audience = Audience.Board,
        };
        foreach (var theme in Enumerable.Range(1, 4))
            report.Summary.Themes.Add(new ThemeTally { Theme = $"plans/bench/themes/t{theme}", DisplayName = $"Theme {theme}", Tally = Tally(Leaves / 4) });

        report.Rows.AddRange(Enumerable.Range(1, Leaves).Select(i => new ReportRow
        {
            Ref = $"C{i}",
            PlanAction = $"plans/bench/actions/C{i}",
            Theme = $"plans/bench/themes/t{(i * 4 / (Leaves + 1)) + 1}",
            ThemeDisplayName = $"Theme {(i * 4 / (Leaves + 1)) + 1}",
            Title = $"Walk beat {i} with those who live there",
            OpccLeads = { "NP" },
            DeliveryLeads = { new DeliveryLead { Text = "Constabulary" } },
            Narrative = $"{text}\n{text}",
            Opportunities = text,
            Status = Status.Green,
            StatusLabel = "Green",
            EvidenceLinks = { $"https://example.org/beats/{i}" },
            State = ProgressUpdate.Types.State.Approved,
        }));
        return report;
    }

    private static Tally Tally(int leaves) => new()
    {
        Leaves = leaves,
        Statuses = new StatusCounts { Green = leaves },
        Directions = new DirectionCounts { NotRecorded = leaves },
        States = new StateCounts { Approved = leaves },
    };
}
