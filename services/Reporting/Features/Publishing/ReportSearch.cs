using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Reporting.Features.Publishing;

/// <summary>Finds the published reports that hold a text.</summary>
internal sealed class ReportSearch(IDbContextFactory<PublicationContext> contexts, ModelReads reads)
{
    private const int Most = 1000;

    // A report of a newer version may say more.
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public async Task<SearchReportsResponse> SearchAsync(SearchReportsRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var removal = TextRemoval.Of(request.Text);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var reports = await Publications.WithoutBytes(db).Where(r => r.Plan == plan)
            .OrderByDescending(r => r.Number)
            .ToListAsync(context.CancellationToken);
        if (reports.Count == 0)
            await reads.FindAsync(plan, context);

        var response = new SearchReportsResponse();
        foreach (var report in reports)
        {
            if (response.Reports.Count < Most && await HasAsync(db, report, removal, context.CancellationToken))
                response.Reports.Add(report.ToMessage());
        }

        return response;
    }

    // All other files are made from the JSON and hold no more. The text is compared here: it stands in no statement.
    private static async Task<bool> HasAsync(
        PublicationContext db, PublishedReport report, TextRemoval removal, CancellationToken cancellationToken)
    {
        if (removal.Contains(report.CorrectionNote) || removal.Contains(report.WithdrawReason))
            return true;

        var bytes = await db.Files.Where(f => f.ReportId == report.Id && f.Format == Format.Json)
            .Select(f => f.Bytes)
            .SingleAsync(cancellationToken);
        return bytes is not null && removal.From(Json.Parse<ProgressReport>(Encoding.UTF8.GetString(bytes)));
    }
}
