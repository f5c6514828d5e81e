using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Text;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Expunging;

public class ExpungeTests
{
    private const string Secret = "Zebediah Quillfeather";

    private readonly FakeDirectory _directory = new();

    [Fact]
    public async Task Expunge_NameTypedIntoANarrative_IsNowhereAnyMore()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder.Path);
        var id = Guid.CreateVersion7().ToString();
        await server.SaveAsync("V1", u => u.Narrative = $"We rang {Secret} twice. {Secret.ToUpperInvariant()} was pleased.", r => r.RequestId = id);
        await server.SaveAsync("V1", u => u.Narrative = "We rang the victim twice.");
        await server.SaveAsync("V2", u => u.StatusReason = $"Waiting for {Secret}.");
        await server.LockAsync("2018-10");
        Assert.NotEmpty(folder.FilesWith(Secret));

        var answer = await ExpungeAsync(server, r => r.Reason = "A victim's name.");

        Assert.Equal((1, 3), (answer.CurrentOccurrences, answer.HistoryOccurrences));
        Assert.Equal([ActionsServer.NameOf("V1"), ActionsServer.NameOf("V2")], answer.Resources);
        Assert.Equal("Waiting for [expunged].", (await server.GetAsync("V2")).StatusReason);
        Assert.Empty(folder.FilesWith(Secret));

        var history = await server.Progress.ListProgressUpdateRevisionsAsync(
            new ListProgressUpdateRevisionsRequest { Name = ActionsServer.NameOf("V1") }, cancellationToken: Deadline.Token);
        Assert.Contains("We rang [expunged] twice. [expunged] was pleased.", history.Revisions.Select(r => r.ProgressUpdate.Narrative));
    }

    [Fact]
    public async Task Expunge_NameInWhatThePlanAndItsRefreshesSay_IsNowhereAnyMore()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder.Path);
        await server.Actions.CreatePlanActionAsync(
            new CreatePlanActionRequest
            {
                Parent = "plans/fenland",
                PlanActionId = "V9",
                PlanAction = new PlanAction { Theme = "plans/fenland/themes/victims", Title = $"Ring {Secret}", OpccLeads = { Secret }, DeliveryLeads = { new DeliveryLead { Text = Secret } } },
            },
            cancellationToken: Deadline.Token);
        // Who led it stays known while it is divided.
        await server.Actions.CreatePlanActionAsync(
            new CreatePlanActionRequest
            {
                Parent = "plans/fenland",
                PlanActionId = "V9.1",
                PlanAction = new PlanAction { ParentAction = "plans/fenland/actions/V9", Title = "A part" },
            },
            cancellationToken: Deadline.Token);
        await server.Plans.CreateThemeAsync(
            new CreateThemeRequest
            {
                Parent = "plans/fenland",
                ThemeId = "safety",
                Theme = new Theme { DisplayName = "Safety", Pledges = { new Pledge { Id = "visit", DisplayName = "Visits", Text = $"{Secret} is visited." } } },
            },
            cancellationToken: Deadline.Token);
        await server.Refreshes.CreatePlanRefreshAsync(
            new CreatePlanRefreshRequest
            {
                Parent = "plans/fenland",
                PlanRefreshId = "autumn",
                RequestId = Guid.CreateVersion7().ToString(),
                PlanRefresh = new PlanRefresh
                {
                    DisplayName = "Autumn",
                    Items =
                    {
                        new RefreshItem
                        {
                            AddSection = new AddSection
                            {
                                Theme = "plans/fenland/themes/safety",
                                Section = new Section { Id = "care", DisplayName = "Care", Summary = $"What {Secret} asked for." },
                            },
                        },
                    },
                },
            },
            cancellationToken: Deadline.Token);
        Assert.NotEmpty(folder.FilesWith(Secret));

        var answer = await ExpungeAsync(server);

        Assert.Equal((5, 8), (answer.CurrentOccurrences, answer.HistoryOccurrences));
        Assert.Equal(["plans/fenland/actions/V9", "plans/fenland/refreshes/autumn", "plans/fenland/themes/safety"], answer.Resources);
        Assert.Empty(folder.FilesWith(Secret));
    }

    [Fact]
    public async Task Expunge_Watched_SaysThatItWasDone()
    {
        await using var server = await StartAsync();
        await server.SaveAsync("V1", u => u.Narrative = $"We rang {Secret}.");

        var answer = await ExpungeAsync(server, r => r.Reason = "A victim's name.");
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));

        Assert.Equal(answer.Revision, watch.ResponseStream.Current.Revision);
        Assert.DoesNotContain(Secret, watch.ResponseStream.Current.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Expunge_ValidateOnly_CountsAndRemovesNothing()
    {
        await using var server = await StartAsync();
        var saved = await server.SaveAsync("V1", u => u.Narrative = $"We rang {Secret}.");

        var answer = await ExpungeAsync(server, r => r.ValidateOnly = true);

        Assert.Equal((1, 1, 2), (answer.CurrentOccurrences, answer.HistoryOccurrences, answer.LeadReviews));
        Assert.Equal([$"We rang {Secret}."], answer.Excerpts);
        Assert.True(Assert.Single(_directory.Expunged).ValidateOnly);
        Assert.Equal(saved, await server.GetAsync("V1"));
    }

    [Fact]
    public async Task Expunge_DirectoryFails_IsOutOfThePlanAndDoneOnceItIsSentAgain()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder.Path);
        await server.SaveAsync("V1", u => u.Narrative = $"We rang {Secret}.");
        var request = Guid.CreateVersion7().ToString();
        _directory.Fails = true;

        await ApiAssert.FailsAsync(StatusCode.Unavailable, CommonReasons.Unavailable, () => ExpungeAsync(server, r => r.RequestId = request));
        Assert.Equal("We rang [expunged].", (await server.GetAsync("V1")).Narrative);
        Assert.Empty(folder.FilesWith(Secret));

        _directory.Fails = false;
        var answer = await ExpungeAsync(server, r => r.RequestId = request);
        Assert.Equal((1, 1, 2), (answer.CurrentOccurrences, answer.HistoryOccurrences, answer.LeadReviews));
        var asked = Assert.Single(_directory.Expunged);
        Assert.Empty(answer.Excerpts);
        Assert.Equal((Secret, "Data protection.", false), (asked.Text, asked.Reason, asked.ValidateOnly));
    }

    [Fact]
    public async Task Expunge_AReadingThatTakesLong_SaysSoAndIsDoneOnceItIsSentAgain()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ActionsServer.StartWithPlanAsync(time, folder.Path, _directory);
        await server.SaveAsync("V1", u => u.Narrative = $"We rang {Secret}.");
        await using (var reader = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "actions.db")}"))
        {
            await reader.OpenAsync(Deadline.Token);
            await using var reading = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            (command.Transaction, command.CommandText) = (reading, "SELECT COUNT(*) FROM plans");
            await command.ExecuteScalarAsync(Deadline.Token);

            var failing = ApiAssert.FailsAsync(StatusCode.Unavailable, CommonReasons.Unavailable, () => ExpungeAsync(server));
            while (!failing.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            await failing;
            Assert.NotEmpty(folder.FilesWith(Secret));
        }

        await ExpungeAsync(server);
        Assert.Empty(folder.FilesWith(Secret));
    }

    [Fact]
    public async Task Expunge_NotThere_ChangesNothing()
    {
        await using var server = await StartAsync();
        var before = (await server.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token)).HeadRevision;

        var answer = await ExpungeAsync(server);

        Assert.Equal((0, 0, before), (answer.CurrentOccurrences, answer.HistoryOccurrences, answer.Revision));
    }

    [Theory]
    [InlineData("Zebediah\nQuillfeather", Secret)]
    [InlineData("Zebediah  \u00A0 Quillfeather", Secret)]
    [InlineData("ZEBEDIAH QUILLFEATHER", " Zebediah\tQuillfeather ")]
    [InlineData("https://example.org/Zebediah%20Quillfeather.pdf", Secret)]
    [InlineData("Zebediah O’Quill-Feather", "Zebediah O'Quill‑Feather")]
    [InlineData("Zebediah O'Quill–Feather", "Zebediah O’Quill-Feather")]
    public async Task Expunge_WrittenOtherwise_IsFoundAllTheSame(string written, string asked)
    {
        await using var server = await StartAsync();
        await server.SaveAsync("V1", u => u.Narrative = $"We rang {written} twice.");

        var answer = await ExpungeAsync(server, r => (r.Text, r.Reason) = (asked, "A victim's name."));

        var update = await server.GetAsync("V1");
        Assert.True(answer.CurrentOccurrences > 0);
        Assert.DoesNotContain("ebediah", update.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("[expunged]", update.Narrative, StringComparison.Ordinal);
        var history = await server.Progress.ListProgressUpdateRevisionsAsync(
            new ListProgressUpdateRevisionsRequest { Name = ActionsServer.NameOf("V1") }, cancellationToken: Deadline.Token);
        Assert.Equal("A victim's name.", history.Revisions[0].Provenance.Reason);
    }

    [Fact]
    public void From_AnyLetterInAnotherCase_IsFound() => Assert.All(
        Enumerable.Range(0x80, 0xFFFF - 0x80).Select(c => (char)c).Where(c => char.ToUpperInvariant(c) != c),
        c => Assert.Equal(TextRemoval.Mark, new TextRemoval($"{c}").From($"{char.ToUpperInvariant(c)}")));

    [Theory]
    [InlineData("", "A reason.", "text")]
    [InlineData("ab", "A reason.", "text")]
    [InlineData(Secret, "", "reason")]
    [InlineData(Secret, "zebediah quillfeather asked for it.", "reason")]
    [InlineData(Secret, "Zebediah  Quillfeather asked for it.", "reason")]
    public async Task Expunge_BadRequest_NamesField(string text, string reason, string field)
    {
        await using var server = await StartAsync();

        await ApiAssert.InvalidFieldAsync(field, () => ExpungeAsync(server, r => (r.Text, r.Reason) = (text, reason)));
    }

    private Task<ActionsServer> StartAsync(string? folder = null) => ActionsServer.StartWithPlanAsync(folder: folder, directory: _directory);

    private static async Task<ExpungeResponse> ExpungeAsync(ActionsServer server, Action<ExpungeRequest>? change = null)
    {
        var request = new ExpungeRequest { Name = "plans/fenland", Text = Secret, Reason = "Data protection." };
        change?.Invoke(request);
        return await server.Plans.ExpungeAsync(request, cancellationToken: Deadline.Token);
    }
}
