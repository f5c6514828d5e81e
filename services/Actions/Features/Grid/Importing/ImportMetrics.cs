using System.Diagnostics.Metrics;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Counts imports: <c>planservices.imports</c> by format and outcome, <c>planservices.import.duration</c> in seconds likewise, and
/// <c>planservices.import.rows</c> by what became of them.
/// </summary>
internal sealed class ImportMetrics(IMeterFactory meters, TimeProvider time)
{
    private const string Format = "planservices.format";
    private const string Outcome = "planservices.outcome";

    private readonly Counter<long> _imports = meters.Create(Meters.Actions)
        .CreateCounter<long>("planservices.imports", "{import}", "Imports of a grid.");

    private readonly Counter<long> _rows = meters.Create(Meters.Actions)
        .CreateCounter<long>("planservices.import.rows", "{row}", "Rows of the grids that were stored.");

    private readonly Histogram<double> _duration = meters.Create(Meters.Actions)
        .CreateHistogram<double>("planservices.import.duration", "s", "From the request to the stored grid.");

    /// <summary>Carries out an import and counts it: stored, unchanged, checked (where the caller only asked what it would do) or refused.</summary>
    public async Task<ImportGridResponse> CountAsync(ImportGridRequest request, Task<ImportGridResponse> import)
    {
        var start = time.GetTimestamp();
        var outcome = "refused";
        try
        {
            var answer = await import;
            outcome = request.ValidateOnly ? "checked" : answer.Created + answer.Changed > 0 ? "stored" : "unchanged";
            if (!request.ValidateOnly)
            {
                _rows.Add(answer.Created, KeyValuePair.Create<string, object?>(Outcome, "created"));
                _rows.Add(answer.Changed, KeyValuePair.Create<string, object?>(Outcome, "changed"));
                _rows.Add(answer.Unchanged, KeyValuePair.Create<string, object?>(Outcome, "unchanged"));
            }

            return answer;
        }
        finally
        {
            var tags = new[]
            {
                KeyValuePair.Create<string, object?>(Format, request.Format.ToString()),
                KeyValuePair.Create<string, object?>(Outcome, outcome),
            };
            _imports.Add(1, tags);
            _duration.Record(time.GetElapsedTime(start).TotalSeconds, tags);
        }
    }
}
