using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners.Features.Changes;

/// <summary>What every write request brings beside its content.</summary>
/// <param name="Request">The request, which its request id is bound to.</param>
internal sealed record WriteCall(IMessage Request, string RequestId, bool ValidateOnly, string Caller);

/// <summary>Carries out a write to the directory: once for a request id, as one revision, or as a check that stores nothing.</summary>
internal sealed class DirectoryWriter(SingleWriter<PartnersContext> writer, TimeProvider time)
{
    /// <summary>
    /// Carries out a change. What the change tells its <see cref="DirectoryEdit"/> is stored as one revision; where it tells it nothing,
    /// nothing is stored.
    /// </summary>
    public Task<TResponse> WriteAsync<TResponse>(
        WriteCall call, Func<PartnersContext, DirectoryEdit, CancellationToken, Task<TResponse>> change, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return writer.WriteAsync(
            (db, token) => RequestIds.OnceAsync(
                db, call.RequestId, call.Request.Descriptor.Name, call.Request, now, d => Write(d, token), token),
            cancellationToken);

        async Task<Written<TResponse>> Write(PartnersContext db, CancellationToken token)
        {
            var edit = new DirectoryEdit(db, await db.DirectoryStates.SingleAsync(token), call.Caller, now);
            var answer = await change(db, edit, token);
            await edit.SaveAsync(token);
            return new Written<TResponse>(answer, Keep: edit.Any && !call.ValidateOnly);
        }
    }
}
