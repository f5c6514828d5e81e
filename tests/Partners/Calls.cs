using Google.Rpc;
using Grpc.Core;
using PlanServices.Partners.V1;
using Xunit;

namespace PlanServices.Partners.Tests;

/// <summary>What the tests of this service say of calls.</summary>
internal static class Calls
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Ends with the test, and after twenty seconds in any case.</summary>
    public static CallOptions Options => new(
        deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Deadline, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Asserts that a call fails with a status and a reason; returns the fields that are to blame.</summary>
    public static async Task<IReadOnlyList<string>> AssertFailsAsync<T>(AsyncUnaryCall<T> call, StatusCode status, string reason)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(status, failure.StatusCode);

        var details = failure.GetRpcStatus();
        var info = details?.GetDetail<ErrorInfo>();
        Assert.NotNull(info);
        Assert.Equal(reason, info.Reason);
        Assert.Equal("planservices.partners.v1", info.Domain);
        return [.. (details!.GetDetail<BadRequest>()?.FieldViolations ?? []).Select(v => v.Field)];
    }

    /// <summary>All pages of the directory, read one after the other.</summary>
    public static async Task<List<Partner>> ListAllAsync(
        this PartnerService.PartnerServiceClient client, int pageSize, Partner.Types.Kind kind = Partner.Types.Kind.Unspecified)
    {
        List<Partner> partners = [];
        var token = "";
        do
        {
            var request = new ListPartnersRequest { PageSize = pageSize, PageToken = token, Kind = kind };
            var page = await client.ListPartnersAsync(request, Options);
            Assert.InRange(page.Partners.Count, 1, pageSize);
            partners.AddRange(page.Partners);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        return partners;
    }
}
