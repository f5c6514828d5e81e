using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Actions.Features.Changes;

/// <summary>
/// A stream to a reader that may be slow. One message waits for it and no more than that is held; a reader that takes nothing for too
/// long is ended, and told where to go on.
/// </summary>
internal sealed class PatientStream(IServerStreamWriter<WatchChangesResponse> stream, string resumeToken, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string _resumeToken = resumeToken;

    /// <summary>Sends a message. RESOURCE_EXHAUSTED where the reader has not taken it in 30 seconds.</summary>
    public async Task WriteAsync(WatchChangesResponse message, CancellationToken cancellationToken)
    {
        // Without a token: a write that is cancelled would abort the call, and the reader would not learn why.
        var write = stream.WriteAsync(message, CancellationToken.None);
        try
        {
            await write.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new ApiException(
                StatusCode.ResourceExhausted,
                ErrorReason.SlowReader,
                $"Nothing was read for {Patience.TotalSeconds} seconds; watch again with the resume token.",
                e).With("resume_token", _resumeToken);
        }

        if (message.ResumeToken.Length > 0)
            _resumeToken = message.ResumeToken;
    }
}
