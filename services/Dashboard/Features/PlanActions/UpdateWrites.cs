using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.PlanActions;

/// <summary>Moves an update through its workflow.</summary>
internal sealed class UpdateWrites(ProgressService.ProgressServiceClient progress, Calls calls)
{
    private static readonly string[] Edited = ["narrative", "status", "status_reason", "direction", "opportunities"];

    public async Task SaveAsync(ProgressUpdate update, CancellationToken cancellationToken) => await progress.SaveProgressUpdateAsync(
        new SaveProgressUpdateRequest
        {
            ProgressUpdate = update,
            UpdateMask = new FieldMask { Paths = { Edited } },
            RequestId = Writes.RequestId(),
        },
        calls.Options(cancellationToken));

    public async Task SubmitAsync(string name, string etag, CancellationToken cancellationToken) => await progress.SubmitProgressUpdateAsync(
        new SubmitProgressUpdateRequest { Name = name, Etag = etag, RequestId = Writes.RequestId() }, calls.Options(cancellationToken));

    public async Task ApproveAsync(ProgressUpdate update, CancellationToken cancellationToken) => await progress.ApproveProgressUpdateAsync(
        new ApproveProgressUpdateRequest { Name = update.Name, Etag = update.Etag, RequestId = Writes.RequestId() }, calls.Options(cancellationToken));

    public async Task ReturnAsync(ProgressUpdate update, string reason, CancellationToken cancellationToken) => await progress.ReturnProgressUpdateAsync(
        new ReturnProgressUpdateRequest { Name = update.Name, Etag = update.Etag, Reason = reason, RequestId = Writes.RequestId() },
        calls.Options(cancellationToken));
}
