using Google.Rpc;
using Grpc.Core;

namespace PlanServices.Dashboard.Reading;

/// <summary>Why something cannot be shown or done, in words for people.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Detail">What to do, or which field is wrong and why. Empty where there is nothing to add.</param>
/// <param name="HttpStatus">The same for programs.</param>
/// <param name="MayPass">Whether trying again in a moment can help.</param>
public sealed record Problem(string Title, string Detail, int HttpStatus, bool MayPass = false)
{
    public static Problem Of(RpcException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var detail = PlainNames.In(failure.Status.Detail);
        return failure.StatusCode switch
        {
            StatusCode.NotFound => new("That is not there.", detail, 404),
            StatusCode.Unauthenticated => new("Your sign-in is over.", "Sign in again to go on; you come back to this page.", 401),
            StatusCode.PermissionDenied => new("You may not see or do that.", detail, 403),
            StatusCode.InvalidArgument => new("Something in it is not right.", Fields(failure), 400),
            StatusCode.FailedPrecondition => new("That is not possible now.", Fields(failure), 409),
            StatusCode.AlreadyExists => new("That is there already.", detail, 409),
            StatusCode.Aborted => new("Somebody changed it meanwhile.", "What you see now is how it stands; look at it and try again.", 409),
            StatusCode.Unimplemented => new("The service does not offer that.", "It may be of an older version than these pages.", 501),
            StatusCode.ResourceExhausted => new("That is too much at once.", detail, 429, MayPass: true),
            StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled =>
                new("The services do not answer just now.", "Nothing is lost; try again in a moment.", 503, MayPass: true),
            _ => new("The services made a mistake.", "It is in their log. Nothing of yours is lost.", 500, MayPass: true),
        };
    }

    /// <summary>
    /// Gives the page that shows it its status. It is set as the answer starts: of an answer that is 404 before, no page is rendered.
    /// </summary>
    public void Answer(HttpContext? context)
    {
        if (context is not { Response.HasStarted: false })
            return;

        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = HttpStatus;
            return Task.CompletedTask;
        });
    }

    /// <summary>What is wrong with each field of a form, by the last part of its name: <c>due_date</c>.</summary>
    public static Dictionary<string, string> ByField(RpcException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return (failure.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations ?? [])
            .GroupBy(v => v.Field[(v.Field.IndexOf('.', StringComparison.Ordinal) + 1)..])
            .ToDictionary(g => g.Key, g => string.Join(' ', g.Select(v => v.Description)));
    }

    private static string Fields(RpcException failure)
    {
        var violations = failure.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations;
        return violations is { Count: > 0 }
            ? string.Join(' ', violations.Select(v => $"{v.Field}: {v.Description}"))
            : PlainNames.In(failure.Status.Detail);
    }
}
