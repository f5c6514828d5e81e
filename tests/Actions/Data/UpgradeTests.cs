using Grpc.Core;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Testing.OldDatabase;

namespace PlanServices.Actions.Tests.Data;

public sealed class UpgradeTests
{
    private const string Then = "'2018-07-31 09:30:00.1234567'";

    // The first version's rows, as it wrote them.
    private static readonly string FirstRows = $"""
        INSERT INTO plans (Id, Slug, DisplayName, Description, Owner, StatusScheme, CreateTime, UpdateTime, Revision, HeadRevision)
        VALUES (3, 'fenland', 'Fenland''s plan', '', '', {Blob(StatusSchemes.Usual())}, {Then}, {Then}, 1, 5);
        INSERT INTO themes (Id, PlanId, Slug, DisplayName, RefPrefix, Position, Framework, Revision) VALUES (5, 3, 'victims', 'Victims', 'V', 1, NULL, 1);
        INSERT INTO periods (Id, PlanId, Slug, DisplayName, AsAtDate, State, OpenDate, DueDate, MeetingName, MeetingDate, LockTime, ReopenReason, Revision)
        VALUES (7, 3, '2018-10', 'October 2018', '2018-10-31', 1, NULL, '2018-11-07', 'Board', NULL, NULL, '', 1),
            (8, 3, '2018-07', 'July 2018', '2018-07-31', 2, NULL, NULL, '', NULL, {Then}, '', 3);
        INSERT INTO plan_actions (Id, PlanId, ThemeId, ParentId, Ref, SortKey, Title, Notes, OpccLeads, DeliveryLeads, CrossReferences, MovedFrom, Replaces,
            ReplacedBy, State, Leaf, LeadsPending, CreateTime, UpdateTime, Revision)
        VALUES (11, 3, 5, NULL, 'V1', 'V1', 'Žofie''s title', '["a note"]', '["AB"]', '[]', '[]', '', '[]', '[]', 1, 1, 0, {Then}, {Then}, 1);
        INSERT INTO plan_actions (Id, PlanId, ThemeId, ParentId, Ref, SortKey, Title, Notes, OpccLeads, DeliveryLeads, CrossReferences, MovedFrom, Replaces,
            ReplacedBy, State, Leaf, LeadsPending, CreateTime, UpdateTime, Revision)
        VALUES (12, 3, 5, NULL, 'V2', 'V2', 'Divided', '[]', '[]', '[]', '[]', '', '[]', '[]', 1, 0, 0, {Then}, {Then}, 4),
            (13, 3, 5, 12, 'V2.1', 'V2.1', 'A part', '[]', '[]', '[]', '[]', '', '[]', '[]', 2, 1, 0, {Then}, {Then}, 5),
            (14, 3, 5, NULL, 'V3', 'V3', 'Made with its part', '[]', '[]', '[]', '[]', '', '[]', '[]', 1, 0, 0, {Then}, {Then}, 2),
            (15, 3, 5, 14, 'V3.1', 'V3.1', 'A part', '[]', '[]', '[]', '[]', '', '[]', '[]', 1, 1, 0, {Then}, {Then}, 2);
        INSERT INTO progress_updates (Id, PlanActionId, PeriodId, Narrative, Status, StatusReason, Direction, Opportunities, EvidenceLinks, CrossReferences, State,
            Source, Withheld, CarriedOverFrom, ReturnReason, SubmitTime, CreateTime, UpdateTime, Revision)
        VALUES (13, 11, 7, 'As it was first told.', 3, '', 1, '', '[]', '[]', 1, NULL, '[]', '', '', NULL, {Then}, {Then}, 2);
        INSERT INTO plan_refreshes (Id, PlanId, Slug, Content, CreateTime, UpdateTime, Revision) VALUES (17, 3, 'draft', {Blob(new PlanRefresh())}, {Then}, {Then}, 1);
        INSERT INTO changes (PlanId, Revision, Ordinal, Resource, Change) VALUES (3, 1, 0, '', {Blob(new Change { Revision = 1, Plan = new Plan { Name = "plans/fenland" } })});
        INSERT INTO changes (PlanId, Revision, Ordinal, Resource, Change)
        VALUES (3, 2, 0, 'actions/V1/updates/2018-10', {Blob(new Change { Revision = 2, ProgressUpdate = new ProgressUpdate { Name = ActionsServer.NameOf("V1"), Narrative = "As it was first told." } })});
        INSERT INTO changes (PlanId, Revision, Ordinal, Resource, Change)
        SELECT 3, Revision, Ordinal, Resource, {Blob(new Change())} FROM (
            SELECT 2 AS Revision, 1 AS Ordinal, 'actions/V2' AS Resource UNION ALL SELECT 2, 2, 'actions/V3' UNION ALL SELECT 2, 3, 'actions/V3.1'
            UNION ALL SELECT 3, 0, 'periods/2018-07' UNION ALL SELECT 4, 0, 'actions/V2' UNION ALL SELECT 4, 1, 'actions/V2.1' UNION ALL SELECT 5, 0, 'actions/V2.1');
        INSERT INTO requests (Id, Fingerprint, ResponseType, Response, Time)
        VALUES ('00000000-0000-0000-0000-000000000001', X'00', 'planservices.actions.v1.Plan', {Blob(new Plan { Name = "plans/fenland" })}, datetime('now'));
        """;

    [Fact]
    public async Task Start_DatabaseOfTheFirstVersion_KeepsItsDataAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        var old = await MakeAsync<ActionsContext>(Path.Combine(folder.Path, "actions.db"), 1, FirstRows);

        await using (var server = await ActionsServer.StartAsync(folder.Path))
        {
            await old.AssertKeptAsync("change_log_identity");
            var update = await server.GetAsync("V1");
            Assert.Equal("As it was first told.", update.Narrative);
            Assert.Equal(new DateTime(2018, 7, 31, 9, 30, 0, DateTimeKind.Utc).AddTicks(1_234_567), update.UpdateTime.ToDateTime());
            var saved = await server.SaveAsync("V1", u => u.Narrative = "As it goes on.");
            Assert.Equal(6, saved.Revision);
            var history = await server.Progress.ListProgressUpdateRevisionsAsync(
                new ListProgressUpdateRevisionsRequest { Name = ActionsServer.NameOf("V1") }, cancellationToken: Deadline.Token);
            Assert.Equal([6L, 2L], history.Revisions.Select(r => r.Provenance.Revision));
            await AssertPursuitsAsync(server);
        }
    }

    [Fact]
    public async Task Start_FollowedBeforeItKnewPursuits_HasItsFollowersReadAnew()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "actions.db");
        await MakeAsync<ActionsContext>(file, 1, $"{FirstRows} UPDATE change_log_identity SET Id = 'the-log-before';");
        await using var server = await ActionsServer.StartAsync(folder.Path);

        var token = new ResumeToken("the-log-before", "plans/-", new() { [3] = 5 }).Encode();
        using var watch = server.Actions.WatchChanges(
            new WatchChangesRequest { Parent = "plans/-", ResumeToken = token }, cancellationToken: Deadline.Token);

        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_RESUME_TOKEN_EXPIRED", () => watch.ResponseStream.MoveNext(Deadline.Token), "resume_token");
    }

    // What revisions say now was not said then; the change log tells most of it.
    private static async Task AssertPursuitsAsync(ActionsServer server)
    {
        var periods = await server.Plans.ListPeriodsAsync(new ListPeriodsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.Equal([("2018-07", 3L), ("2018-10", 0L)], periods.Periods.Select(p => (p.Name[^7..], p.LockRevision)).Order());
        var actions = await server.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.Equal(
            ["V1 0-0", "V2 2-4", "V2.1 4-5", "V3 ", "V3.1 2-0"],
            actions.PlanActions.Select(a => $"{a.Ref} {string.Join(", ", a.Pursuits.Select(p => $"{p.FromRevision}-{p.ToRevision}"))}"));
    }
}
