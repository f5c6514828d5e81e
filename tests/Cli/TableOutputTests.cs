using PlanServices.Cli.Output;
using Spectre.Console;
using Xunit;

namespace PlanServices.Cli.Tests;

/// <summary>A table that goes to a file or another program.</summary>
public sealed class TableOutputTests
{
    [Fact]
    public void WriteTable_ToAnotherProgram_IsALineARowWithTabsBetween()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        var table = new Table().Title("[[Victims]]").AddColumns("Ref", "Title");
        table.AddRow(new Text("V1"), new Text("Two\nlines\tand a tab, red", new Style(Color.Red)));
        table.AddRow(new Text("V2"), new Text(new string('x', 400)));

        console.WriteTable(table);

        Assert.Equal($"[Victims]\nRef\tTitle\nV1\tTwo lines and a tab, red\nV2\t{new string('x', 400)}\n", output.ToString().ReplaceLineEndings("\n"));
    }
}
