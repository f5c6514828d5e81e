using Grpc.Core;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>
/// A stream to a reader that may be slow. One message waits for it and no more than that is held; a reader that takes nothing for too
/// long is ended, and told where to go on.
/// </summary>
public sealed class PatientWriter<TMessage>(IServerStreamWriter<TMessage> stream, string resumeToken, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string _resumeToken = resumeToken;

    /// <summary>Sends a message. RESOURCE_EXHAUSTED where the reader has not taken it in 30 seconds.</summary>
    /// <param name="message">The message.</param>
    /// <param name="token">Resumes behind it; empty where it cannot be resumed there.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WriteAsync(TMessage message, string token, CancellationToken cancellationToken)
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
                WatchReasons.SlowReader,
                $"Nothing was read for {Patience.TotalSeconds} seconds; watch again with the resume token.",
                e).With("resume_token", _resumeToken);
        }

        if (token.Length > 0)
            _resumeToken = token;
    }
}
