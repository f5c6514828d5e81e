using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace PlanServices.Testing;

/// <summary>Checks that a call fails as the contract says.</summary>
public static class ApiAssert
{
    /// <summary>The call fails with this status and reason, blaming these fields.</summary>
    public static async Task<ErrorInfo> FailsAsync(StatusCode status, string reason, Func<Task> call, params string[] fields)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(status, failure.StatusCode);
        var details = failure.GetRpcStatus();
        Assert.NotNull(details);
        var info = details.GetDetail<ErrorInfo>();
        Assert.NotNull(info);
        Assert.Equal(reason, info.Reason);
        Assert.Equal(fields, details.GetDetail<BadRequest>()?.FieldViolations.Select(v => v.Field) ?? []);
        return info;
    }

    public static Task InvalidFieldAsync(string field, Func<Task> call) =>
        FailsAsync(StatusCode.InvalidArgument, "ERROR_REASON_INVALID_FIELD", call, field);

    public static Task NotFoundAsync(Func<Task> call) => FailsAsync(StatusCode.NotFound, "ERROR_REASON_NOT_FOUND", call);
}
