using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Reviews;

public sealed class ExpungeLeadsTests : IAsyncLifetime
{
    private const string Secret = "Zebediah Quillfeather";

    // What the directory tells texts apart by.
    private const string Key = "zebediahquillfeather";
    private const string Constabulary = "partners/cambridgeshire-constabulary";

    private readonly TemporaryFolder _folder = new();
    private TestHost _host = null!;

    private PartnerService.PartnerServiceClient Client => new(_host.Channel);

    public async ValueTask InitializeAsync() => _host = await PartnersHost.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ExpungeLeads_OpenSettledAndDismissed_AreInNoFileAndMeanNothingAnyMore()
    {
        await CollectAsync(Secret, $"PC {Secret}", $"{Secret} (lead) / Blue Team");
        await SettleAsync($"PC {Secret}", Constabulary);
        await SettleAsync($"{Secret} again", "");
        Assert.NotEmpty(_folder.FilesWith(Secret));
        Assert.NotEmpty(_folder.FilesWith(Key));

        var answer = await ExpungeAsync();

        Assert.Equal(3, answer.LeadReviews);
        Assert.Empty(_folder.FilesWith(Secret));
        Assert.Empty(_folder.FilesWith(Key));
        Assert.Equal(["Blue Team"], await ListAsync());
        var lead = (await Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { $"PC {Secret}" } }, Calls.Options)).Resolutions[0].Leads[0];
        Assert.Equal(("", false), (lead.Partner, lead.Settled));
    }

    [Fact]
    public async Task ExpungeLeads_Watched_SaysThatItWasDoneAndWhy()
    {
        await CollectAsync(Secret);
        using var watch = Client.WatchPartners(new WatchPartnersRequest(), Calls.Options);
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        while (!watch.ResponseStream.Current.Consistent)
            Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));

        await ExpungeAsync();
        do
            Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        while (watch.ResponseStream.Current.Kind == WatchPartnersResponse.Types.Kind.Checkpoint);

        var change = Assert.Single(watch.ResponseStream.Current.Changes);
        Assert.Equal("clients/test", change.Caller);
        Assert.Equal(new Expunged { LeadReviews = 1, Reason = "Data protection." }, change.Expunged);
    }

    [Theory]
    [InlineData("Zebediah\u00A0 QUILLFEATHER")]
    [InlineData("Zebediah-Quillfeather")]
    [InlineData("Zebediah Quillfeаther")]
    public async Task ExpungeLeads_WrittenOtherwise_IsGone(string written)
    {
        await CollectAsync(written, "Blue Team");

        await ExpungeAsync();

        Assert.Equal(["Blue Team"], await ListAsync());
    }

    [Fact]
    public async Task ExpungeLeads_SentAgain_FindsNothingAndChangesNothing()
    {
        await CollectAsync(Secret);
        await ExpungeAsync();
        var before = (await Client.GetStructureAsync(new GetStructureRequest(), Calls.Options)).Revision;

        Assert.Equal(0, (await ExpungeAsync()).LeadReviews);
        Assert.Equal(before, (await Client.GetStructureAsync(new GetStructureRequest(), Calls.Options)).Revision);
    }

    [Fact]
    public async Task ExpungeLeads_ValidateOnly_CountsAndRemovesNothing()
    {
        await CollectAsync(Secret);

        Assert.Equal(1, (await ExpungeAsync(r => r.ValidateOnly = true)).LeadReviews);
        Assert.Equal([Secret], await ListAsync());
    }

    [Fact]
    public async Task ExpungeLeads_NameOfABody_LeavesTheBody()
    {
        await ExpungeAsync(r => r.Text = "Constabulary");

        Assert.Contains(
            "Constabulary", (await Client.GetPartnerAsync(new GetPartnerRequest { Name = Constabulary }, Calls.Options)).DisplayName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab", "A reason.", "text")]
    [InlineData(Secret, "", "reason")]
    [InlineData(Secret, "zebediah  quillfeather asked for it.", "reason")]
    public async Task ExpungeLeads_BadRequest_NamesField(string text, string reason, string field)
    {
        var call = Client.ExpungeLeadsAsync(new ExpungeLeadsRequest { Text = text, Reason = reason }, Calls.Options);
        Assert.Equal([field], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    private async Task<ExpungeLeadsResponse> ExpungeAsync(Action<ExpungeLeadsRequest>? change = null)
    {
        var request = new ExpungeLeadsRequest { Text = Secret, Reason = "Data protection." };
        change?.Invoke(request);
        return await Client.ExpungeLeadsAsync(request, Calls.Options);
    }

    private async Task CollectAsync(params string[] texts) =>
        await Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { texts }, Collect = true }, Calls.Options);

    private async Task SettleAsync(string text, string partner) => await Client.SettleLeadAsync(
        new SettleLeadRequest { Text = text, Partner = partner, RequestId = Guid.CreateVersion7().ToString() }, Calls.Options);

    private async Task<IEnumerable<string>> ListAsync() =>
        (await Client.ListUnmatchedLeadsAsync(new ListUnmatchedLeadsRequest { ShowSettled = true }, Calls.Options)).LeadReviews.Select(r => r.Text);
}
