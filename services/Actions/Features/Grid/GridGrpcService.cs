using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PlanServices.Actions.Features.Grid.Exporting;
using PlanServices.Actions.Features.Grid.Importing;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Actions.Features.Grid;

/// <summary>Grids over gRPC and JSON.</summary>
internal sealed class GridGrpcService(GridImporter importer, ImportMetrics metrics, GridExport export, ImportUndo undo) : GridService.GridServiceBase
{
    /// <summary>
    /// What a message with the largest file may take, with room above it so that a file that is a little too large still gets the
    /// answer that says so.
    /// </summary>
    public const int MaxMessageBytes = GridContent.MaxBytes + (8 << 20);

    // The JSON face carries the file in base64.
    private const long MaxJsonBytes = MaxMessageBytes / 3L * 4 + 4096;

    // Whoever may send updates alone may send back a grid that was exported here.
    [Authorize(Policy = Policies.UpdatesWrite)]
    [RequestSizeLimit(MaxJsonBytes)]
    public override Task<ImportGridResponse> ImportGrid(ImportGridRequest request, ServerCallContext context) =>
        metrics.CountAsync(request, importer.ImportAsync(request, UpdateSender.Of(context), context.CancellationToken));

    [Authorize(Policy = Policies.PlanRead)]
    [Produces("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv")]
    public override Task<HttpBody> ExportGrid(ExportGridRequest request, ServerCallContext context) =>
        export.ExportAsync(request, context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<UndoImportResponse> UndoImport(UndoImportRequest request, ServerCallContext context) =>
        undo.UndoAsync(request, Caller.Of(context), context.CancellationToken);
}
