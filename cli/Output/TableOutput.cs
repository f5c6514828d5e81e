using Spectre.Console;
using Spectre.Console.Rendering;

namespace PlanServices.Cli.Output;

/// <summary>
/// Writes a table: laid out where a person reads it in a terminal; where a file or another program does, one line a row, with a tab between
/// its cells, so that <c>cut</c>, <c>sort</c> and spreadsheets take it.
/// </summary>
internal static class TableOutput
{
    public static void WriteTable(this IAnsiConsole console, Table table)
    {
        if (console.Profile.Out.IsTerminal)
        {
            console.Write(table);
            return;
        }

        if (table.Title is { } title)
            console.Profile.Out.Writer.WriteLine(Markup.Remove(title.Text));
        WriteLine(console, table.Columns.Select(c => c.Header));
        foreach (var row in table.Rows)
            WriteLine(console, row);
    }

    private static void WriteLine(IAnsiConsole console, IEnumerable<IRenderable> cells) =>
        console.Profile.Out.Writer.WriteLine(string.Join('\t', cells.Select(c => OneLine(string.Concat(c.Render(RenderOptions.Create(console), int.MaxValue).Where(s => !s.IsControlCode).Select(s => s.Text))))));

    private static string OneLine(string text) => string.Join(' ', text.Split(['\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Trim();
}
