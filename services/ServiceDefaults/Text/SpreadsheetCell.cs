namespace PlanServices.ServiceDefaults.Text;

/// <summary>
/// Keeps a spreadsheet from executing text: a cell that begins as a formula does gets an apostrophe on its way out, and loses it on its
/// way in. Text that has apostrophes before such a beginning gets one more, so that both ways together change nothing.
/// </summary>
public static class SpreadsheetCell
{
    public static string Neutralise(string text) => BeginsAsFormula(text) ? $"'{text}" : text;

    public static string Restore(string cell) => cell is ['\'', ..] && BeginsAsFormula(cell) ? cell[1..] : cell;

    private static bool BeginsAsFormula(string text) => text.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
