using Xunit;

namespace PlanServices.Cli.Tests;

public class PeriodsCommandTests
{
    private static readonly string[] October = ["--plan", "fenland", "--period", "2018-10"];

    [Fact]
    public async Task Set_DatesAndMeeting_ChangesWhatIsGivenAndNothingElse()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var made = await cli.RunAsync(
            ["periods", "set", .. October, "--as-at", "2018-10-15", "--opens", "2018-10-01", "--due", "2018-10-22", "--meeting", "Coordination Board", "--meeting-date", "2018-11-05"]);
        var moved = await cli.RunAsync(["periods", "set", .. October, "--meeting-date", "2018-11-12"]);
        var cleared = await cli.RunAsync(["periods", "set", .. October, "--due", "", "--as-at", "", "--meeting", ""]);

        Assert.Equal(
            (0, "October 2018 (2018-10) is open, as at 2018-10-15.\nLeads are asked on 2018-10-01.\nUpdates are due by 2018-10-22.\nThe report goes to Coordination Board on 2018-11-05.\n"),
            (made.Code, made.Answer));
        Assert.Equal(made.Answer.Replace("11-05", "11-12", StringComparison.Ordinal), moved.Answer);
        Assert.Equal("October 2018 (2018-10) is open, as at 2018-10-31.\nLeads are asked on 2018-10-01.\nThe report goes to the meeting on 2018-11-12.\n", cleared.Answer);
        Assert.All([made, moved, cleared], r => Assert.Equal("", r.Aside));
    }

    [Fact]
    public async Task List_Periods_ShowsTheirDates()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        await cli.RunAsync(["periods", "set", .. October, "--due", "2018-10-22", "--meeting", "Coordination Board"]);
        await cli.RunAsync("lock", "--plan", "fenland", "--period", "2018-07");

        var listed = await cli.RunAsync("periods", "list", "--plan", "fenland");

        Assert.Equal(
            "Period\tName\tState\tAs at\tOpens\tDue\tMeeting\tOn\n"
            + "2018-10\tOctober 2018\topen\t2018-10-31\t\t2018-10-22\tCoordination Board\n"
            + "2018-07\tJuly 2018\tlocked\t2018-07-31\n",
            string.Join('\n', listed.Answer.Split('\n').Select(l => l.TrimEnd('\t'))));
    }

    [Fact]
    public async Task Delete_OpenedByMistake_SaysWhatWentWithIt()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var tried = await cli.RunAsync(["periods", "delete", .. October, "--dry-run"]);
        var deleted = await cli.RunAsync(["periods", "delete", .. October]);
        var listed = await cli.RunAsync("periods", "list", "--plan", "fenland");
        var refused = await cli.RunAsync("delete", "--plan", "fenland");
        // Nothing stands on July's import any more.
        var undone = await cli.RunAsync("undo", "--plan", "fenland", "--revision", "1");
        var none = await cli.RunAsync("periods", "list", "--plan", "fenland");
        var gone = await cli.RunAsync("delete", "--plan", "fenland");
        var plans = await cli.RunAsync("status");

        Assert.Equal("2018-10 would be deleted, and the 2 drafts that were carried over into it (revision 3).\n", tried.Answer);
        Assert.Equal((0, "2018-10 is deleted, and the 2 drafts that were carried over into it (revision 3).\n"), (deleted.Code, deleted.Answer));
        Assert.Equal(1, refused.Code);
        Assert.Contains("plans/fenland cannot be deleted: it has actions (2), periods (1).", refused.Aside, StringComparison.Ordinal);
        Assert.Equal((0, "fenland is deleted (revision 5).\n"), (gone.Code, gone.Answer));
        Assert.DoesNotContain("fenland", plans.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("2018-10", listed.Answer, StringComparison.Ordinal);
        Assert.Equal(0, undone.Code);
        Assert.Equal("The plan has no period yet.\n", none.Answer);
    }

    [Theory]
    [InlineData("plan: There is nothing to change: give --due, --opens or another date, or --meeting.", "set")]
    [InlineData("plan: --due: '31.10.2018' is no day; 2018-10-31 is one.", "set", "--due", "31.10.2018")]
    [InlineData("plan: period.due_date: It is before the opening date.", "set", "--due", "2018-10-01", "--opens", "2018-10-02")]
    [InlineData("plan: period.as_at_date: It is no day of 2018-10, which the period's id says.", "set", "--as-at", "2018-11-01")]
    [InlineData("plan: plans/fenland/periods/2018-10 cannot be deleted: 1 update was written in it (V1).", "delete")]
    public async Task Command_CannotBeCarriedOut_SaysWhyInOneSentence(string sentence, string command, params string[] words)
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        await cli.RunAsync(["update", "V1", .. October, "--status", "green"]);

        var (code, answer, aside) = await cli.RunAsync(["periods", command, .. October, .. words]);

        Assert.Equal((1, "", sentence + "\n"), (code, answer, aside));
    }

    [Fact]
    public async Task Locked_SetOrDeleted_SaysWhyNot()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        await cli.RunAsync(["lock", .. October]);

        var changed = await cli.RunAsync(["periods", "set", .. October, "--due", "2018-10-22"]);
        var deleted = await cli.RunAsync(["periods", "delete", .. October]);

        Assert.Equal((1, "plan: plans/fenland/periods/2018-10 is locked; it has to be reopened first.\n"), (changed.Code, changed.Aside));
        Assert.Equal((1, "plan: plans/fenland/periods/2018-10 cannot be deleted: it is locked, and what was reported in it stays.\n"), (deleted.Code, deleted.Aside));
    }
}
