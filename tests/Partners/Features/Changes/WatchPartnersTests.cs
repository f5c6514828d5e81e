using Grpc.Core;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;
using Kind = PlanServices.Partners.V1.WatchPartnersResponse.Types.Kind;

namespace PlanServices.Partners.Tests.Features.Changes;

public sealed class WatchPartnersTests : IAsyncLifetime
{
    private readonly PartnersHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task WatchPartners_FromNothing_IsTheDirectoryWholeAndThenACheckpoint()
    {
        using var watch = Watch();
        var (changes, last) = await SnapshotAsync(watch);

        Assert.Equal(ReferenceData.Partners().Count, changes.Count(c => c.Partner is not null));
        Assert.Equal(ReferenceData.Relations().Count, changes.Count(c => c.Relation is not null));
        Assert.Equal(1, last.Revision);
        var checkpoint = await NextAsync(watch);
        Assert.Equal((Kind.Checkpoint, true, 1L), (checkpoint.Kind, checkpoint.Consistent, checkpoint.Revision));
    }

    [Fact]
    public async Task WatchPartners_EachWrite_IsSentInOrderWithWhoMadeIt()
    {
        using var watch = Watch();
        await SnapshotAsync(watch);
        Assert.Equal(Kind.Checkpoint, (await NextAsync(watch)).Kind);
        await CreateAsync("one");
        var first = await NextChangesAsync(watch);
        await _host.Client.SettleLeadAsync(new SettleLeadRequest { Text = "Blue Team", Partner = "partners/one" }, Calls.Options);
        var second = await NextChangesAsync(watch);

        Assert.Equal((Kind.Changes, true, 2L), (first.Kind, first.Consistent, first.Revision));
        Assert.Equal(("partners/one", "clients/test"), (Assert.Single(first.Changes).Partner.Name, first.Changes[0].Caller));
        Assert.Equal("Blue Team", Assert.Single(second.Changes).LeadReview.Text);
    }

    [Fact]
    public async Task WatchPartners_Resumed_HasNothingTwiceAndNothingLost()
    {
        string token;
        using (var watch = Watch())
            token = (await SnapshotAsync(watch)).Last.ResumeToken;
        foreach (var id in new[] { "one", "two", "three" })
            await CreateAsync(id);

        using var again = Watch(token);
        List<string> names = [];
        while (names.Count < 3)
            names.AddRange((await NextAsync(again)).Changes.Select(c => c.Partner.Name));

        Assert.Equal(["partners/one", "partners/two", "partners/three"], names);
        Assert.Equal(Kind.Checkpoint, (await NextAsync(again)).Kind);
    }

    [Fact]
    public async Task WatchPartners_Snapshot_HasWhatWasSettled()
    {
        await _host.Client.SettleLeadAsync(new SettleLeadRequest { Text = "Blue Team", Partner = "partners/why-me" }, Calls.Options);
        using var watch = Watch();
        var (changes, _) = await SnapshotAsync(watch);
        Assert.Equal("partners/why-me", changes.Single(c => c.LeadReview is not null).LeadReview.Partner);
    }

    [Fact]
    public async Task WatchPartners_TokenOfAnotherDirectory_IsExpired()
    {
        string token;
        await using (var other = await PartnersHost.StartAsync())
        using (var watch = new PartnerService.PartnerServiceClient(other.Channel).WatchPartners(new WatchPartnersRequest(), Calls.Options))
            token = (await SnapshotAsync(watch)).Last.ResumeToken;

        using var refused = Watch(token);
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_RESUME_TOKEN_EXPIRED", () => refused.ResponseStream.MoveNext(Deadline.Token), "resume_token");
    }

    [Fact]
    public async Task WatchPartners_Nonsense_NamesTheField()
    {
        using var refused = Watch("nonsense");
        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument, CommonReasons.InvalidField, () => refused.ResponseStream.MoveNext(Deadline.Token), "resume_token");
    }

    private AsyncServerStreamingCall<WatchPartnersResponse> Watch(string token = "") =>
        _host.Client.WatchPartners(new WatchPartnersRequest { ResumeToken = token }, Calls.Options);

    private static async Task<(List<DirectoryChange> Changes, WatchPartnersResponse Last)> SnapshotAsync(AsyncServerStreamingCall<WatchPartnersResponse> watch)
    {
        List<DirectoryChange> changes = [];
        WatchPartnersResponse message;
        do
        {
            message = await NextAsync(watch);
            Assert.Equal(Kind.Snapshot, message.Kind);
            Assert.Equal(changes.Count == 0, message.Reset);
            changes.AddRange(message.Changes);
        }
        while (!message.Consistent);

        Assert.NotEmpty(message.ResumeToken);
        return (changes, message);
    }

    private static async Task<WatchPartnersResponse> NextAsync(AsyncServerStreamingCall<WatchPartnersResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        return watch.ResponseStream.Current;
    }

    private static async Task<WatchPartnersResponse> NextChangesAsync(AsyncServerStreamingCall<WatchPartnersResponse> watch)
    {
        while (true)
        {
            if (await NextAsync(watch) is { Kind: Kind.Changes } changes)
                return changes;
        }
    }

    private async Task CreateAsync(string id) => await _host.Client.CreatePartnerAsync(
        new CreatePartnerRequest { PartnerId = id, Partner = new Partner { DisplayName = id } }, Calls.Options);
}
