using System.CommandLine;
using PlanServices.Cli.Commands;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Cli.Tests;

public class CommandTests
{
    private static readonly string[] October = ["--plan", "fenland", "--period", "2018-10"];

    [Fact]
    public async Task Cycle_SavedSubmittedReturnedApproved_SaysEachState()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var saved = await cli.RunAsync(["update", "V1", .. October, "--status", "red", "--narrative", "No staff."]);
        var submitted = await cli.RunAsync(["submit", "V1", .. October]);
        var returned = await cli.RunAsync(["return", "V1", .. October, "--reason", "Say why."]);
        var again = await cli.RunAsync(["update", "V1", .. October, "--reason", "Nobody applied."]);
        await cli.RunAsync(["submit", "V1", .. October]);
        var approved = await cli.RunAsync(["approve", "V1", .. October]);

        Assert.Contains("draft", saved.Answer, StringComparison.Ordinal);
        Assert.Contains("Warning STATUS_WITHOUT_REASON", saved.Answer, StringComparison.Ordinal);
        Assert.Contains("submitted", submitted.Answer, StringComparison.Ordinal);
        Assert.Contains("It was returned: Say why.", returned.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", again.Answer, StringComparison.Ordinal);
        Assert.Contains("approved", approved.Answer, StringComparison.Ordinal);
        Assert.All([saved, submitted, returned, again, approved], r => Assert.Equal((0, ""), (r.Code, r.Aside)));
    }

    [Fact]
    public async Task Submit_OneOfSeveralCannotBe_OthersAreSentAndTheCodeSaysSo()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        await cli.RunAsync(["submit", "V1", .. October]);

        var (code, answer, aside) = await cli.RunAsync(["submit", "V1", "V2", .. October]);

        Assert.Equal(1, code);
        Assert.StartsWith("V2, 2018-10: submitted", answer, StringComparison.Ordinal);
        Assert.Contains("V1/updates/2018-10 is submitted already", aside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_OfThePlanItself_ShowsWhoMadeIt()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var history = await cli.RunAsync("history", "--plan", "fenland");
        var wrong = await cli.RunAsync(["history", .. October]);

        Assert.StartsWith("Revision 1, ", history.Answer, StringComparison.Ordinal);
        Assert.Contains("    Display name: Fenland\n", history.Answer, StringComparison.Ordinal);
        Assert.Equal((1, "plan: --period is for the update of an action: name its REF.\n"), (wrong.Code, wrong.Aside));
    }

    [Fact]
    public async Task Lock_ThenUpdate_SaysThatItIsLocked()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var locked = await cli.RunAsync(["lock", .. October]);
        var refused = await cli.RunAsync(["update", "V1", .. October, "--status", "green"]);
        var reopened = await cli.RunAsync(["reopen", .. October, "--reason", "A lead was ill."]);

        Assert.Contains("is locked", locked.Answer, StringComparison.Ordinal);
        Assert.Equal((1, "plan: plans/fenland/periods/2018-10 is locked; it has to be reopened first.\n"), (refused.Code, refused.Aside));
        Assert.Contains("It was reopened: A lead was ill.", reopened.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_EditedAndImported_ChangesTheUpdate()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        var file = Path.Combine(cli.Folder.Path, "october.csv");

        var exported = await cli.RunAsync(["export", .. October, "-o", file]);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("The desk is staffed.", "The desk is open at night.", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var imported = await cli.RunAsync(["import", file, .. October]);
        var history = await cli.RunAsync(["history", "V1", .. October]);

        Assert.Equal(0, exported.Code);
        Assert.Contains("0 created, 1 changed, 1 unchanged", imported.Answer, StringComparison.Ordinal);
        Assert.Contains("clients/dev, october.csv row 2", history.Answer, StringComparison.Ordinal);
        Assert.Contains("State: Draft → Submitted", history.Answer, StringComparison.Ordinal);
        Assert.Contains("Key delivery activities: The desk is staffed. → The desk is open at night.", history.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_EditedRowThatCannotBeTaken_DoesNotSayThatItStandsThere()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        var file = Path.Combine(cli.Folder.Path, "october.csv");
        await cli.RunAsync(["export", .. October, "-o", file]);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Deadline.Token)).Replace("\"V1\"", "\"\"", StringComparison.Ordinal), Deadline.Token);

        var imported = await cli.RunAsync(["import", file, .. October]);

        Assert.Contains("1 line with an error left out", imported.Answer, StringComparison.Ordinal);
        Assert.Contains("No update was taken: plans/fenland, 2018-10, is at revision", imported.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("has it all already", imported.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grid.csv", "csv")]
    [InlineData("grid.XLSX", "xlsx")]
    [InlineData("grid.txt", "xlsx")]
    [InlineData("-", "xlsx")]
    [InlineData("grid.xlsx --format csv", "csv")]
    public void Format_NotGiven_IsThatOfTheFilesName(string words, string format)
    {
        var output = PlanOptions.Output();
        var option = new FormatOption(output, "xlsx", "csv");

        var result = new Command("export") { output, option.Option }.Parse($"-o {words}");

        Assert.Equal(Enum.Parse<Actions.V1.ImportGridRequest.Types.Format>(format, ignoreCase: true), option.Read<Actions.V1.ImportGridRequest.Types.Format>(result));
    }

    [Fact]
    public async Task Undo_Import_SaysWhatItRemoved()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        var file = Path.Combine(cli.Folder.Path, "january.csv");
        await File.WriteAllTextAsync(
            file, "Theme,Ref,Priority action,Key delivery activities,Status\nVictims,V1,Answer calls sooner,More.,Red\n", TestContext.Current.CancellationToken);
        await cli.RunAsync("import", file, "--plan", "fenland", "--period", "2019-01");

        var undone = await cli.RunAsync("undo", "--plan", "fenland", "--revision", "3");

        Assert.Equal((0, "Removed 2 and restored 0 of what the import wrote (revision 4).\n"), (undone.Code, undone.Answer));
    }

    [Theory]
    [InlineData("plan: There is no plans/nowhere.", "lock", "--plan", "nowhere", "--period", "2018-10")]
    [InlineData("plan: --due: '31.10.2018' is no day; 2018-10-31 is one.", "open", "--plan", "fenland", "--period", "2019-01", "--due", "31.10.2018")]
    [InlineData("plan: There is nothing to save: give --narrative, --status or another field.", "update", "V1", "--plan", "fenland", "--period", "2018-10")]
    [InlineData("plan: There is no file nothing.txt.", "update", "V1", "--plan", "fenland", "--period", "2018-10", "--narrative-file", "nothing.txt")]
    [InlineData("plan: There is no file nothing.csv.", "import", "nothing.csv", "--plan", "fenland", "--period", "2018-10")]
    [InlineData("plan: period_id: 'soon' is no period: year and month, 2018-10.", "open", "--plan", "fenland", "--period", "soon")]
    [InlineData("plan: There is no plans/fenland/actions/V9/updates/2018-10.", "history", "V9", "--plan", "fenland", "--period", "2018-10")]
    public async Task Command_CannotBeCarriedOut_SaysWhyInOneSentence(string sentence, params string[] words)
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var (code, answer, aside) = await cli.RunAsync(words);

        Assert.Equal((1, "", sentence + "\n"), (code, answer, aside));
    }

    [Fact]
    public async Task Command_NobodyAnswers_SaysHowToStart()
    {
        var (code, _, aside) = await CliRun.RunAtAsync("http://127.0.0.1:1", "status");

        Assert.Equal(1, code);
        Assert.Contains("No PlanServices answers at http://127.0.0.1:1", aside, StringComparison.Ordinal);
    }
}
