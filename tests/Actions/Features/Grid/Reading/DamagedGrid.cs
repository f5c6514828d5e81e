using System.Text;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

/// <summary>Prints a plan's rows as the text of a PDF, page by page, with the damage that such text has.</summary>
public sealed class DamagedGrid
{
    private const string Cyrillic = "АВЕКМНОРСТ";
    private const string Latin = "ABEKMHOPCT";

    private readonly Random _random;
    private readonly bool _damaged;
    private readonly StringBuilder _text = new();
    private int _line;

    public DamagedGrid(IReadOnlyList<TrueRow> rows, Random random, bool damaged)
    {
        (_random, _damaged) = (random, damaged);
        for (var at = 0; at < rows.Count;)
        {
            var count = Math.Min(random.Next(2, 5), rows.Count - at);
            Page(rows.Skip(at).Take(count));
            at += count;
        }
    }

    /// <summary>The text.</summary>
    public string Text => _text.ToString();

    /// <summary>Each row by the line on which it stands.</summary>
    public Dictionary<int, TrueRow> Lines { get; } = [];

    private void Page(IEnumerable<TrueRow> rows)
    {
        // What a page suffers, all its rows suffer with it.
        var number = Happens(4);
        var refBeside = Happens(4);
        var statusLost = Happens(10);
        List<string> heading = ["Theme"];
        if (refBeside)
            heading.Add("");
        heading.AddRange(["P & CP - Priority Actions", "OPCC L'd", "D'vry Lead", "", "Key delivery activities/work in progress (as at October 2018)"]);
        if (!statusLost)
            heading.Add("Delivery Status / Direction of travel");
        heading.Add(Happens(6) ? " Wider Partnership" : "Wider Partnership Opportunities");
        if (number)
            heading.Insert(0, Happens(2) ? "1" : "");
        else if (Happens(6))
            (heading[0], number) = Split(heading);
        else if (Happens(6))
            heading[0] = "heme";
        Line(heading);
        foreach (var row in rows)
        {
            List<string> cells = [Theme(row.Theme)];
            if (refBeside)
                cells.Add(Happens(2) ? row.Ref : "");
            cells.AddRange([row.Title, Initials(row.Initials), Lead(row.Lead), Ref(row.Ref), row.Narrative]);
            if (!statusLost)
                cells.Add(Status(row));
            cells.Add(row.Opportunities);
            if (number)
                cells.Insert(0, Happens(2) ? $"{_random.Next(100)}" : "");
            Lines.Add(_line + 1, row);
            Line(cells);
        }

        Line([]);
    }

    private static (string, bool) Split(List<string> heading)
    {
        heading[0] = "heme";
        heading.Insert(0, "T");
        return ("T", true);
    }

    private string Theme(string theme)
    {
        if (!Happens(3))
            return theme;

        return _random.Next(5) switch
        {
            0 => "",
            1 => $"{theme} {_random.Next(100)}",
            2 => $"n {theme}",
            3 => $"{theme} {theme[0]}",
            _ => theme[..^1],
        };
    }

    private string Ref(string reference)
    {
        if (!Happens(3))
            return _damaged && Happens(2) ? reference + "." : reference;

        return _random.Next(6) switch
        {
            0 => "",
            1 when reference[0] == 'O' => "0" + reference[1..],
            1 when reference[0] == 'T' => "1" + reference[1..],
            2 => reference.Insert(1, " "),
            3 => reference[1..],
            4 => reference.ToLowerInvariant(),
            _ => LookAlike(reference),
        };
    }

    private string Initials(string initials) => !Happens(4) ? initials : _random.Next(3) switch
    {
        0 => initials.ToLowerInvariant(),
        1 => "",
        _ => LookAlike(initials),
    };

    private string Lead(string lead) => !Happens(8) ? lead : _random.Next(2) == 0 ? "" : lead == "OPCC" ? LookAlike(lead) : lead;

    private string Status(TrueRow row)
    {
        var whole = $"{row.Status} {row.Arrow}";
        return !Happens(3) ? whole : _random.Next(6) switch
        {
            0 => "",
            1 => "•",
            2 => $"{row.Status} ←",
            3 => row.Arrow,
            4 => row.Status[..1] + "rag",
            _ => $"{row.Arrow} {row.Status}",
        };
    }

    private static string LookAlike(string text) => new([.. text.Select(c => Latin.Contains(c, StringComparison.Ordinal) ? Cyrillic[Latin.IndexOf(c, StringComparison.Ordinal)] : c)]);

    private bool Happens(int oneIn) => _damaged && _random.Next(oneIn) == 0;

    private void Line(IEnumerable<string> cells)
    {
        _text.Append(string.Join('\t', cells)).Append('\n');
        _line++;
    }
}
