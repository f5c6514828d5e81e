using Google.Type;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.Features.Following;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.Testing;
using Xunit;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Actions.Tests.Features.Progress.Rights;

/// <summary>A client with <c>updates.write</c> at a running service: what it may send follows the directory, its dates and its silence.</summary>
public sealed class MembershipTests : IAsyncLifetime
{
    // Ten seconds before midnight. Deadlines of calls are the real clock's, so this one is not behind it.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1).AddSeconds(-10), TimeSpan.Zero));
    private readonly FakeDirectory _directory = new();
    private TestHost _host = null!;
    private ActionsServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await FakeDirectory.StartAsync(_directory);
        _server = await ActionsServer.StartAsync(time: _time, partners: _host.Addresses.Grpc);
        _directory.Know("The Board", "partners/board");
        await _server.ImportCsvAsync(
            "fenland", "2018-07", "Theme,Ref,Priority action,Delivery lead\nVictims,V1,Answer calls,Constabulary\nVictims,V2,Keep informed,The Board\n");
        await _server.OpenAsync("2018-10");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Save_ByAMember_IsTakenForItsGroupsLeavesAndNoOthers()
    {
        await KnowAsync(Of("r1", Kind.MemberOf, "agency", "board"));
        var agency = ClientOf("agency");

        await SaveAsync(agency, "V2");
        var refusal = await ApiAssert.FailsAsync(StatusCode.PermissionDenied, "ERROR_REASON_NOT_LEAD", () => SaveAsync(agency, "V1"));
        Assert.Equal(("partners/agency", "partners/constabulary"), (refusal.Metadata["partner"], refusal.Metadata["leads"]));
        Assert.Equal("clients/agency-system", (await HistoryAsync("V2")).Revisions[0].Provenance.Caller);
    }

    [Fact]
    public async Task Save_MembershipEnds_IsRefusedFromTheNextDayOn()
    {
        await KnowAsync(Of("r1", Kind.MemberOf, "agency", "board", Today()));
        var agency = ClientOf("agency");
        await SaveAsync(agency, "V2");

        _time.Advance(TimeSpan.FromSeconds(10));

        await ApiAssert.FailsAsync(StatusCode.PermissionDenied, "ERROR_REASON_NOT_LEAD", () => SaveAsync(agency, "V2"));
    }

    [Fact]
    public async Task Save_DirectoryIsSilentForTooLong_IsRefusedOnlyWhereItDependsOnAMembership()
    {
        await KnowAsync(Of("r1", Kind.MemberOf, "agency", "board"));
        _time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        var refusal = await ApiAssert.FailsAsync(
            StatusCode.Unavailable, "ERROR_REASON_DIRECTORY_STALE", () => SaveAsync(ClientOf("agency"), "V2"));
        Assert.Equal("301", refusal.Metadata["age_seconds"]);
        await SaveAsync(ClientOf("constabulary"), "V1");
    }

    private ProgressService.ProgressServiceClient ClientOf(string partner) => new(_server.Host.ChannelFor(
        TestIssuer.Token([Scopes.PlanRead, Scopes.UpdatesWrite], $"{partner}-system", $"partners/{partner}")));

    private static async Task SaveAsync(ProgressService.ProgressServiceClient client, string reference) => await client.SaveProgressUpdateAsync(
        new SaveProgressUpdateRequest { ProgressUpdate = new ProgressUpdate { Name = ActionsServer.NameOf(reference), Narrative = Guid.CreateVersion7().ToString() } },
        cancellationToken: Deadline.Token);

    private async Task<ListProgressUpdateRevisionsResponse> HistoryAsync(string reference) => await _server.Progress.ListProgressUpdateRevisionsAsync(
        new ListProgressUpdateRevisionsRequest { Name = ActionsServer.NameOf(reference) }, cancellationToken: Deadline.Token);

    // The directory says this, and the service has heard it.
    private async Task KnowAsync(Relation relation)
    {
        _directory.Say(1, new DirectoryChange { Relation = relation });
        var model = _server.Host.Services.GetRequiredService<DirectoryModel>();
        var deadline = Deadline.Token;
        while (model.State.Revision == 0)
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Date Today()
    {
        var today = _time.Today();
        return new Date { Year = today.Year, Month = today.Month, Day = today.Day };
    }

    private static Relation Of(string id, Kind kind, string partner, string other, Date? end = null) => new()
    {
        Name = $"relations/{id}",
        Kind = kind,
        Partner = $"partners/{partner}",
        Other = $"partners/{other}",
        EndDate = end,
    };
}
