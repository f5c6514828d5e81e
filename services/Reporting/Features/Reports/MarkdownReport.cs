using System.Globalization;
using System.Text;
using PlanServices.Reporting.Features.Reports.Charts;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>A report as CommonMark with tables. Whatever a text contains, it is text: no markup and no HTML of its own, and no link but to an address of the web.</summary>
internal static class MarkdownReport
{
    public static byte[] Write(ReportView view)
    {
        var page = new StringBuilder();
        Marking(page, view);
        page.Append(CultureInfo.InvariantCulture, $"# {Line(view.Summary.PlanDisplayName)}\n\nProgress on the priority actions as at {Line(view.AsAt)}. {view.Coverage}\n\n{view.Edition}\n\n");
        if (view.Correction.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"**{Line(view.Correction)}**\n\n");

        Summary(page, view);
        Key(page, view);
        foreach (var theme in view.Themes)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {Line(theme.Name)}\n\n");
            Row(page, "Priority action", "OPCC lead", "Delivery lead", "Key delivery activities and work in progress", "Status and direction of travel", "Wider partnership opportunities");
            Row(page, "---", "---", "---", "---", "---", "---");
            foreach (var row in theme.Rows)
                Row(page, Action(row), Line(string.Join(" / ", row.OpccLeads)), Line(row.LeadsNow()), Progress(view, row), Status(view, row), Text(view.Opportunities(row)));

            page.Append('\n');
        }

        page.Append(CultureInfo.InvariantCulture, $"{Line(view.Imprint)}\n\n");
        Marking(page, view);
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void Marking(StringBuilder page, ReportView view)
    {
        if (view.Marking.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"**{view.Marking}**\n\n");
    }

    private static void Summary(StringBuilder page, ReportView view)
    {
        page.Append("## Summary\n\n");
        string[] headings = ["Theme", "Actions", .. view.Kinds.Select(k => Line($"{k.Mark.Symbol} {k.Mark.Label}")), "↑ Improved", "↔ No change", "↓ Deteriorated", "Direction not recorded or not shown"];
        Row(page, headings);
        Row(page, [.. headings.Select((_, i) => i == 0 ? "---" : "---:")]);
        foreach (var theme in view.Summary.Themes)
            Row(page, Figures(view, ReportView.Name(theme.DisplayName), theme.Tally));
        Row(page, Figures(view, "All themes", view.Summary.Total));
        page.Append('\n');
        if (ChartData.Trend(view) is { } trend)
            page.Append(CultureInfo.InvariantCulture, $"{Line(trend.Title)}: {Line(trend.Alternative)}\n\n");
    }

    private static string[] Figures(ReportView view, string name, Tally tally) =>
    [
        Line(name), $"{tally.Leaves}", .. view.Kinds.Select(k => $"{k.Count(tally.Statuses)}"), $"{tally.Directions.Improved}", $"{tally.Directions.NoChange}",
        $"{tally.Directions.Deteriorated}", $"{tally.Directions.NotRecorded + tally.Directions.NotShown}",
    ];

    private static void Key(StringBuilder page, ReportView view)
    {
        page.Append("## Key\n\n");
        foreach (var kind in view.Kinds)
            page.Append(CultureInfo.InvariantCulture, $"- **{Line(kind.Mark.Symbol)}** {Line(kind.Mark.Label)}: {Line(kind.Meaning)}\n");

        page.Append(CultureInfo.InvariantCulture, $"- Direction of travel: {ReportView.DirectionKey}\n");
        if (view.Legend.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"- {Line(view.Legend)} **{ReportView.NewMark}**, and ends with its underline: <ins>like this</ins>\n");
        page.Append('\n');
    }

    private static string Action(ReportRow row) =>
        string.Join("<br>", new[] { $"**{Line(row.Ref)}** {Line(row.Title)}" }.Concat(row.Notes.Select(n => $"Note: {Line(n)}")));

    private static string Progress(ReportView view, ReportRow row)
    {
        List<string> parts = [];
        if (row.BlankReason.Length > 0)
            parts.Add($"*{Line(row.BlankReason)}*");
        parts.Add(Text(view.Narrative(row)));
        if (ReportView.Withheld(row, "evidence_links") is { Length: > 0 } reason)
            parts.Add($"*Evidence links not shown: {Line(reason)}*");
        var (links, references) = view.Unnamed(row);
        parts.AddRange(links.Select(Link));
        if (references.Count > 0)
            parts.Add($"See also {Line(string.Join(", ", references))}");
        if (row.ReferencedBy.Count > 0)
            parts.Add($"Referred to by {Line(string.Join(", ", row.ReferencedBy))}");
        return string.Join("<br>", parts.Where(p => p.Length > 0));
    }

    private static string Status(ReportView view, ReportRow row)
    {
        var mark = view.Mark(row);
        string[] parts = [$"**{Line(mark.Symbol)}** {Line(mark.Label)}", Line(view.Direction(row)), Text(view.StatusReason(row), "Reason not shown"), .. view.StatusNotes(row).Select(Line)];
        return string.Join("<br>", parts.Where(p => p.Length > 0));
    }

    private static string Text(PageText text, string notShown = "Not shown") => text.NotShown.Length > 0
        ? $"*{notShown}: {Line(text.NotShown)}*"
        : string.Join("<br>", text.Paragraphs.Select(p => string.Concat(p.Select(Run))));

    private static string Run(PageRun run)
    {
        var text = string.Concat(run.Parts.Select(p => p.IsWebLink && p.Text == p.Name ? Link(p.Text) : Line(p.Text)));
        return run.IsNew ? $"**{ReportView.NewMark}** <ins>{text}</ins>" : text;
    }

    // Within its brackets nothing of an address is markup, nor would an escape be anything but part of it.
    private static string Link(string link) => TextLinks.WebAddress(link) == link ? $"<{link}>" : Line(link);

    private static void Row(StringBuilder page, params ReadOnlySpan<string> cells) =>
        page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    // CommonMark lets every punctuation character of ASCII be escaped. In a cell, or behind a heading, no other begins anything.
    private static string Line(string text)
    {
        var line = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c == '\n')
                line.Append(' ');
            else if (c is '<')
                line.Append("&lt;");
            else if (c is '>')
                line.Append("&gt;");
            else if (c is '&')
                line.Append("&amp;");
            else if (c is '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '#' or '|' or '!' or '~')
                line.Append('\\').Append(c);
            else
                line.Append(c);
        }

        return line.ToString();
    }
}
