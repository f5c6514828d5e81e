using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>Makes a write safe to send again (AIP-155): carried out once for a request id, answered each time.</summary>
public static class RequestIds
{
    /// <summary>
    /// Carries out <paramref name="write"/> in the transaction of <paramref name="db"/>, or gives the answer that the same request
    /// got before. ALREADY_EXISTS where the id came with another request; INVALID_ARGUMENT where it is no UUID.
    /// </summary>
    public static async Task<Written<TResponse>> OnceAsync<TContext, TResponse>(
        TContext db,
        string requestId,
        string method,
        IMessage request,
        DateTime now,
        Func<TContext, Task<Written<TResponse>>> write,
        CancellationToken cancellationToken)
        where TContext : DbContext
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (requestId.Length == 0)
            return await write(db);

        if (!Guid.TryParse(requestId, out var id))
            throw ApiErrors.InvalidField("request_id", "It is no UUID.");

        var fingerprint = SHA256.HashData([.. Encoding.UTF8.GetBytes(method), .. request.ToByteArray()]);
        var key = id.ToString();
        if (await db.Set<StoredRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == key, cancellationToken) is { } stored)
        {
            if (!stored.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            {
                throw new ApiException(
                    StatusCode.AlreadyExists, CommonReasons.RequestIdReused, $"request_id: {key} was used for another request.")
                {
                    Fields = [new FieldError("request_id", "It was used for another request.")],
                };
            }

            var response = new TResponse();
            response.MergeFrom(stored.Response);
            return new Written<TResponse>(response, Keep: false);
        }

        var written = await write(db);
        if (OnlyChecks(request))
            return written;

        // That there was nothing to change is an answer, too: sent again behind somebody else's change, the request changes nothing.
        var answered = new StoredRequest
        {
            Id = key,
            Fingerprint = fingerprint,
            ResponseType = written.Value.Descriptor.FullName,
            Response = written.Value.ToByteArray(),
            Time = now,
        };
        await db.Rows<StoredRequest>().InsertAsync(db, answered, cancellationToken);
        return new Written<TResponse>(written.Value, Keep: true, Changed: written.Keep);
    }

    private static bool OnlyChecks(IMessage request) => request.Descriptor.FindFieldByName("validate_only")?.Accessor.GetValue(request) is true;
}
