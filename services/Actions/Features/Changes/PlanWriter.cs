using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Changes;

/// <summary>What every write request brings beside its content.</summary>
/// <param name="Request">The request, which its request id is bound to.</param>
internal sealed record WriteCall(IMessage Request, string RequestId, bool ValidateOnly, Origin Origin);

/// <summary>Carries out a write to a plan that is there: once for a request id, as one revision, or as a check that stores nothing.</summary>
internal sealed class PlanWriter(SingleWriter<ActionsContext> writer, TimeProvider time)
{
    public WriteCall Call(IMessage request, string requestId, bool validateOnly, string caller) =>
        new(request, requestId, validateOnly, Origin.Api(caller, time.GetUtcNow().UtcDateTime));

    /// <summary>
    /// Carries out a change. What the change tells its <see cref="PlanEdit"/> is stored as one revision; where it tells it nothing,
    /// nothing is stored.
    /// </summary>
    /// <param name="call">What the request brings.</param>
    /// <param name="plan">The plan's id; NOT_FOUND where it is not there.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="deletedToo">A plan that was deleted is written as well.</param>
    public Task<TResponse> WriteAsync<TResponse>(
        WriteCall call,
        string plan,
        Func<ActionsContext, PlanEdit, CancellationToken, Task<TResponse>> change,
        CancellationToken cancellationToken,
        bool deletedToo = false)
        where TResponse : class, IMessage<TResponse>, new()
    {
        return writer.WriteAsync(
            (db, token) => RequestIds.OnceAsync(
                db, call.RequestId, call.Request.Descriptor.Name, call.Request, call.Origin.Now, d => Write(d, token), token),
            cancellationToken);

        async Task<Written<TResponse>> Write(ActionsContext db, CancellationToken token)
        {
            var plans = deletedToo ? db.Plans : db.PresentPlans;
            var entity = await plans.SingleOrDefaultAsync(p => p.Slug == plan, token) ?? throw ApiErrors.NotFound(ResourceName.Plan.Of(plan));
            var edit = new PlanEdit(db, entity, call.Origin);
            var answer = await change(db, edit, token);
            await edit.SaveAsync(token);
            return new Written<TResponse>(answer, Keep: edit.Any && !call.ValidateOnly);
        }
    }
}
