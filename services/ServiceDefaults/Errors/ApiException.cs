using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace PlanServices.ServiceDefaults.Errors;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">The field's path in the request, as the contract spells it: <c>plan.display_name</c>.</param>
/// <param name="Description">One clause that says what is wrong and what would be right.</param>
public readonly record struct FieldError(string Field, string Description);

/// <summary>
/// A failure that the caller is told of: a status, a reason from the service's <c>ErrorReason</c> enum, a sentence, and the
/// fields that are to blame. The one place that turns it into an answer is <see cref="ErrorInterceptor"/>.
/// </summary>
public sealed class ApiException : Exception
{
    private static readonly ConcurrentDictionary<Enum, string> Names = new();

    /// <summary>A failure with a reason of the service's own.</summary>
    public ApiException(StatusCode status, Enum reason, string message, Exception? cause = null)
        : this(status, NameOf(reason), message, cause)
    {
    }

    /// <summary>A failure with a reason that every service's enum has: see <see cref="CommonReasons"/>.</summary>
    public ApiException(StatusCode status, string reason, string message, Exception? cause = null)
        : base(message, cause)
    {
        Status = status;
        Reason = reason;
    }

    public StatusCode Status { get; }

    /// <summary>The reason's name as the contract spells it: <c>ERROR_REASON_STALE_ETAG</c>.</summary>
    public string Reason { get; }

    /// <summary>Facts for programs: <c>resource</c>, <c>etag</c>.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>The fields that are to blame.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>When to try again; null where trying again alone does not help, or nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public ApiException With(string key, string value)
    {
        Metadata[key] = value;
        return this;
    }

    private static string NameOf(Enum reason) => Names.GetOrAdd(reason, static value =>
        value.GetType().GetField(value.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name
            ?? throw new ArgumentException($"{value} is no value of a contract's enum."));
}

/// <summary>The reasons that the <c>ErrorReason</c> enum of every service has.</summary>
public static class CommonReasons
{
    public const string InvalidField = "ERROR_REASON_INVALID_FIELD";
    public const string InvalidPageToken = "ERROR_REASON_INVALID_PAGE_TOKEN";
    public const string NotFound = "ERROR_REASON_NOT_FOUND";
    public const string AlreadyExists = "ERROR_REASON_ALREADY_EXISTS";
    public const string StaleEtag = "ERROR_REASON_STALE_ETAG";
    public const string RequestIdReused = "ERROR_REASON_REQUEST_ID_REUSED";
    public const string Internal = "ERROR_REASON_INTERNAL";
    public const string Unavailable = "ERROR_REASON_UNAVAILABLE";
    public const string Unauthenticated = "ERROR_REASON_UNAUTHENTICATED";
    public const string PermissionDenied = "ERROR_REASON_PERMISSION_DENIED";
    public const string RateLimited = "ERROR_REASON_RATE_LIMITED";

    public static IReadOnlyList<string> All { get; } =
        [InvalidField, InvalidPageToken, NotFound, AlreadyExists, StaleEtag, RequestIdReused, Internal, Unavailable, Unauthenticated, PermissionDenied, RateLimited];
}

/// <summary>The failures that every service knows.</summary>
public static class ApiErrors
{
    /// <summary>INVALID_ARGUMENT that names one field.</summary>
    public static ApiException InvalidField(string field, string description) =>
        InvalidFields([new FieldError(field, description)]);

    /// <summary>INVALID_ARGUMENT that names all the fields that are wrong.</summary>
    public static ApiException InvalidFields(IReadOnlyList<FieldError> fields) => new(
        StatusCode.InvalidArgument,
        CommonReasons.InvalidField,
        string.Join(" ", fields.Select(f => $"{f.Field}: {f.Description}")))
    {
        Fields = fields,
    };

    /// <summary>INVALID_ARGUMENT for a page token of another call.</summary>
    public static ApiException InvalidPageToken() => new(
        StatusCode.InvalidArgument,
        CommonReasons.InvalidPageToken,
        "page_token: it was not given by this method for the same arguments; begin again without it.")
    {
        Fields = [new FieldError("page_token", "It was not given by this method for the same arguments.")],
    };

    /// <summary>NOT_FOUND with the resource's name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="hint">What there is instead, as a sentence.</param>
    public static ApiException NotFound(string name, string hint = "") =>
        new ApiException(StatusCode.NotFound, CommonReasons.NotFound, $"There is no {name}.{hint}").With("resource", name);

    /// <summary>ALREADY_EXISTS with the resource's name.</summary>
    public static ApiException AlreadyExists(string name) =>
        new ApiException(StatusCode.AlreadyExists, CommonReasons.AlreadyExists, $"{name} is already there.").With("resource", name);

    /// <summary>ABORTED with the present etag.</summary>
    public static ApiException StaleEtag(string name, string etag) =>
        new ApiException(StatusCode.Aborted, CommonReasons.StaleEtag, $"{name} was changed since it was read; read it again.")
            .With("resource", name)
            .With("etag", etag);

    /// <summary>PERMISSION_DENIED: the caller may not do it.</summary>
    public static ApiException PermissionDenied(string message) => new(StatusCode.PermissionDenied, CommonReasons.PermissionDenied, message);

    /// <summary>RESOURCE_EXHAUSTED: the caller asks too much at once.</summary>
    public static ApiException RateLimited(string message, TimeSpan retryAfter) =>
        new(StatusCode.ResourceExhausted, CommonReasons.RateLimited, message) { RetryAfter = retryAfter };

    /// <summary>UNAVAILABLE: what was asked may work in a moment.</summary>
    public static ApiException Unavailable(string message, Exception? cause = null) =>
        new(StatusCode.Unavailable, CommonReasons.Unavailable, message, cause);
}
