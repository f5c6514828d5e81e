using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Following;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Leads;

/// <summary>The catalogue's leads follow the directory.</summary>
public sealed class LeadsFollowTests : IAsyncLifetime
{
    private const string Name = "plans/fenland/actions/V1";

    private readonly FakeDirectory _directory = new();
    private TestHost _host = null!;
    private ActionsServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await FakeDirectory.StartAsync(_directory);
        _server = await ActionsServer.StartAsync(partners: _host.Addresses.Grpc);
        await _server.ImportCsvAsync("fenland", "2018-07", "Theme,Ref,Priority action,OPCC lead,Delivery lead,Status\nVictims,V1,Answer calls,NP,Blue Team,Green\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Lead_ThatAnOfficerSettles_FollowsAndSaysWhereFrom()
    {
        Assert.Equal("", (await LeadAsync()).Partner);
        _directory.Know("Blue Team", "partners/constabulary", settled: true);
        _directory.Say(1, Review("Blue Team"));

        Assert.Equal("partners/constabulary", (await LeadWhereAsync(l => l.Partner.Length > 0)).Partner);
        var history = await _server.Actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = Name }, cancellationToken: Deadline.Token);
        Assert.Equal(ChangeSource.Types.Kind.Directory, history.Revisions[0].Provenance.Source.Kind);
    }

    [Fact]
    public async Task Lead_SettledOtherwiseLater_FollowsAgainAndDismissedIsUnlinked()
    {
        _directory.Know("Blue Team", "partners/a", settled: true);
        _directory.Say(1, Review("Blue Team"));
        await LeadWhereAsync(l => l.Partner == "partners/a");

        _directory.Know("Blue Team", "partners/b", settled: true);
        _directory.Say(2, Review("Blue Team"));
        await LeadWhereAsync(l => l.Partner == "partners/b");

        _directory.Know("Blue Team", "", settled: true);
        _directory.Say(3, Review("Blue Team"));
        await LeadWhereAsync(l => l.Partner == "");
    }

    // What it led before it was divided still counts for it in the rounds of then.
    [Fact]
    public async Task Lead_OfAnActionThatWasDivided_Follows()
    {
        await _server.Actions.CreatePlanActionAsync(
            new CreatePlanActionRequest { Parent = "plans/fenland", PlanActionId = "V1.1", PlanAction = new PlanAction { ParentAction = Name, Title = "A part" } },
            cancellationToken: Deadline.Token);
        _directory.Know("Blue Team", "partners/constabulary", settled: true);
        _directory.Say(1, Review("Blue Team"));

        var deadline = Deadline.Token;
        while (await FormerAsync() is not { Partner: "partners/constabulary" })
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        async Task<DeliveryLead> FormerAsync() => (await _server.Actions.GetPlanActionAsync(
            new GetPlanActionRequest { Name = Name }, cancellationToken: deadline)).FormerDeliveryLeads.Single();
    }

    // Another process of the directory may answer than the one that told of the change.
    [Fact]
    public async Task Lead_Follows_AsksForNoOlderDirectoryThanItHeardOf()
    {
        for (var revision = 1; revision <= 3; revision++)
        {
            _directory.Know("Blue Team", $"partners/r{revision}", settled: true);
            _directory.Say(revision, Review("Blue Team"));
            await LeadWhereAsync(l => l.Partner == $"partners/r{revision}");
            lock (_directory.Known)
                Assert.Equal($"{revision}", _directory.Least);
        }
    }

    [Fact]
    public async Task Lead_WhoseNameTheDirectoryLearns_IsLinked()
    {
        _directory.Know("Blue Team", "partners/blue-team");
        _directory.Say(1, new DirectoryChange { Partner = new Partner { Name = "partners/blue-team" } });
        await LeadWhereAsync(l => l.Partner == "partners/blue-team");

        // A link that stands does not change for a new name alone.
        _directory.Know("Blue Team", "partners/other");
        _directory.Say(2, new DirectoryChange { Partner = new Partner { Name = "partners/other" } });
        _directory.Know("Marker", "partners/marker");
        await AddMarkerAsync();
        _directory.Say(3, new DirectoryChange { Partner = new Partner { Name = "partners/marker" } });
        Assert.Equal("partners/blue-team", (await LeadAsync()).Partner);
    }

    [Fact]
    public async Task Lead_ThatTheStorageDoesNotTake_IsLinkedLaterAndTheServiceGoesOn()
    {
        _server.Host.Errors.Expect(e => e.Contains("It is full.", StringComparison.Ordinal) || e.Contains("Failed executing DbCommand", StringComparison.Ordinal));
        await ExecuteAsync("CREATE TRIGGER refusal BEFORE UPDATE ON plan_actions BEGIN SELECT RAISE(ABORT, 'It is full.'); END");
        _directory.Know("Blue Team", "partners/constabulary", settled: true);
        _directory.Say(1, Review("Blue Team"));
        var deadline = Deadline.Token;
        while (!_server.Host.Errors.Has("could not follow the directory"))
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await ExecuteAsync("DROP TRIGGER refusal");
        _directory.Say(2, Review("Blue Team"));
        await LeadWhereAsync(l => l.Partner == "partners/constabulary");
    }

    [Fact]
    public async Task Lead_WhosePartnerACallerNamed_Stays()
    {
        await _server.Actions.UpdatePlanActionAsync(
            new UpdatePlanActionRequest
            {
                PlanAction = new PlanAction { Name = Name, DeliveryLeads = { new DeliveryLead { Text = "Blue Team", Partner = "partners/mine" } } },
                UpdateMask = new FieldMask { Paths = { "delivery_leads" } },
            },
            cancellationToken: Deadline.Token);
        // Written back as it was read: that says nothing new, and takes nothing back.
        await _server.Actions.UpdatePlanActionAsync(
            new UpdatePlanActionRequest { PlanAction = new PlanAction { Name = Name, Title = "Other", DeliveryLeads = { await LeadAsync() } } },
            cancellationToken: Deadline.Token);
        await AddMarkerAsync();
        _directory.Know("Marker", "partners/marker", settled: true);
        _directory.Know("Blue Team", "partners/constabulary", settled: true);
        _directory.Say(1, Review("Blue Team"));

        await LeadWhereAsync(l => l.Partner == "partners/marker", "plans/fenland/actions/V2");
        Assert.Equal("partners/mine", (await LeadAsync()).Partner);
    }

    [Fact]
    public async Task Lead_WhosePartnerACallerNamed_StaysThroughARefreshAndAnUndo()
    {
        await _server.Actions.UpdatePlanActionAsync(
            new UpdatePlanActionRequest
            {
                PlanAction = new PlanAction { Name = Name, DeliveryLeads = { new DeliveryLead { Text = "Blue Team", Partner = "partners/mine", Qualifier = "DA" } } },
                UpdateMask = new FieldMask { Paths = { "delivery_leads" } },
            },
            cancellationToken: Deadline.Token);
        Assert.True(await IsStatedAsync("V1"));

        var imported = await _server.ImportCsvAsync("fenland", "2018-07", "Theme,Ref,Priority action,OPCC lead,Delivery lead,Status\nVictims,V1,Answer all calls,NP,,Green\n");
        await _server.Grids.UndoImportAsync(new UndoImportRequest { Parent = "plans/fenland", Revision = imported.Revision }, cancellationToken: Deadline.Token);
        Assert.Equal("partners/mine", (await LeadAsync()).Partner);
        Assert.True(await IsStatedAsync("V1"));

        await RefreshAsync("spring", new RefreshItem { ChangeAction = new ChangeAction { PlanAction = Name, Title = "Answer sooner" } });
        Assert.True(await IsStatedAsync("V1"));

        await RefreshAsync("autumn", new RefreshItem { MoveAction = new MoveAction { PlanAction = Name, Theme = "plans/fenland/themes/victims", Ref = "V7" } });
        Assert.True(await IsStatedAsync("V7"));
    }

    [Fact]
    public async Task GetPlanAction_LedByAnOldBody_ShowsTheSuccessorAndTheLogDoesNot()
    {
        _directory.Know("Blue Team", "partners/old");
        _directory.Say(
            1,
            new DirectoryChange { Partner = new Partner { Name = "partners/old" } },
            new DirectoryChange { Relation = Succession("r1", "old", "new", 2020) },
            new DirectoryChange { Relation = Succession("r2", "new", "newest", 2999) });
        var lead = await LeadWhereAsync(l => l.Successors.Count > 0);

        Assert.Equal(("partners/old", "partners/new"), (lead.Partner, Assert.Single(lead.Successors)));
        var listed = await _server.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.Equal(["partners/new"], listed.PlanActions.Single().DeliveryLeads[0].Successors);
        var history = await _server.Actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = Name }, cancellationToken: Deadline.Token);
        Assert.Empty(history.Revisions[0].PlanAction.DeliveryLeads[0].Successors);
    }

    [Fact]
    public async Task Model_OfARunningService_IsFedByTheStream()
    {
        _directory.Say(1, new DirectoryChange
        {
            Relation = new Relation { Name = "relations/r1", Kind = Relation.Types.Kind.MemberOf, Partner = "partners/a", Other = "partners/board" },
        });
        var model = _server.Host.Services.GetRequiredService<DirectoryModel>();
        var deadline = Deadline.Token;
        while (model.State.Revision == 0)
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.True(model.ActsFor("partners/a", ["partners/board"], new DateOnly(2026, 1, 1)));
        Assert.InRange(model.Age, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Import_AsksTheDirectoryToCollect_AndACheckDoesNot()
    {
        await _server.ImportCsvAsync(
            "fenland", "2018-07", "Theme,Ref,Priority action,OPCC lead,Delivery lead,Status\nVictims,V1,Answer calls,NP,Red Team,Green\n", r => r.ValidateOnly = true);
        lock (_directory.Known)
        {
            Assert.True(_directory.Asked.Single(r => r.Texts.Contains("Blue Team") && r.Collect).Collect);
            Assert.False(_directory.Asked.Single(r => r.Texts.Contains("Red Team")).Collect);
        }
    }

    private static DirectoryChange Review(string text) => new() { LeadReview = new LeadReview { Text = text } };

    private static Relation Succession(string id, string old, string successor, int year) => new()
    {
        Name = $"relations/{id}",
        Kind = Relation.Types.Kind.SucceededBy,
        Partner = $"partners/{old}",
        Other = $"partners/{successor}",
        StartDate = new Date { Year = year, Month = 1, Day = 1 },
    };

    private async Task AddMarkerAsync() => await _server.Actions.CreatePlanActionAsync(
        new CreatePlanActionRequest
        {
            Parent = "plans/fenland",
            PlanActionId = "V2",
            PlanAction = new PlanAction { Theme = "plans/fenland/themes/victims", Title = "Marker", DeliveryLeads = { new DeliveryLead { Text = "Marker" } } },
        },
        cancellationToken: Deadline.Token);

    private async Task<bool> IsStatedAsync(string reference)
    {
        await using var db = await _server.Host.Services.GetRequiredService<IDbContextFactory<ActionsContext>>().CreateDbContextAsync(Deadline.Token);
        return Assert.Single((await db.PlanActions.AsNoTracking().SingleAsync(a => a.Ref == reference, Deadline.Token)).DeliveryLeads).Stated;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = await _server.Host.Services.GetRequiredService<IDbContextFactory<ActionsContext>>().CreateDbContextAsync(Deadline.Token);
        await db.Database.ExecuteSqlRawAsync(sql, Deadline.Token);
    }

    private async Task RefreshAsync(string id, RefreshItem item)
    {
        await _server.Refreshes.CreatePlanRefreshAsync(
            new CreatePlanRefreshRequest { Parent = "plans/fenland", PlanRefreshId = id, PlanRefresh = new PlanRefresh { DisplayName = id, Items = { item } } },
            cancellationToken: Deadline.Token);
        await _server.Refreshes.RecordDecisionAsync(
            new RecordDecisionRequest { Name = $"plans/fenland/refreshes/{id}", Decision = new Decision { Outcome = Decision.Types.Outcome.Endorsed } },
            cancellationToken: Deadline.Token);
    }

    private Task<DeliveryLead> LeadAsync() => LeadAsync(Name, Deadline.Token);

    private async Task<DeliveryLead> LeadAsync(string name, CancellationToken cancellationToken) => (await _server.Actions.GetPlanActionAsync(
        new GetPlanActionRequest { Name = name }, cancellationToken: cancellationToken)).DeliveryLeads.Single();

    private async Task<DeliveryLead> LeadWhereAsync(Func<DeliveryLead, bool> wanted, string name = Name)
    {
        var deadline = Deadline.Token;
        while (true)
        {
            var lead = await LeadAsync(name, deadline);
            if (wanted(lead))
                return lead;

            await Task.Yield();
        }
    }
}
