using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Text;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Dashboard.Reading;

/// <summary>The plan and period that a page shows, and what else there is to choose from.</summary>
/// <param name="Plans">The plans.</param>
/// <param name="Plan">The chosen one; null where there is none.</param>
/// <param name="Periods">Its periods, newest first.</param>
/// <param name="Period">The chosen one; null where there is none.</param>
/// <param name="Problem">Why there is nothing to show; null where there is something.</param>
public sealed record Place(
    IReadOnlyList<Plan> Plans, Plan? Plan, IReadOnlyList<Period> Periods, Period? Period, Problem? Problem = null)
{
    private static readonly StatusMeaning[] Unexplained =
    [
        new() { Status = Status.Red, Label = "Red", Symbol = "R", Colour = "#f47c7c" },
        new() { Status = Status.Amber, Label = "Amber", Symbol = "A", Colour = "#ffc457" },
        new() { Status = Status.Green, Label = "Green", Symbol = "G", Colour = "#7fce8c" },
        new() { Status = Status.NotStarted, Label = "Not started", Symbol = "W", Colour = "#ffffff" },
        new() { Status = Status.Complete, Label = "Complete", Symbol = "C", Colour = "#8fb8ed" },
        new() { Status = Status.NotRated, Label = "Not rated", Symbol = "N", Colour = "#d9d2e9" },
        new() { Status = Status.Unspecified, Label = "Not recorded", Symbol = "–", Colour = "#e6e6e6" },
    ];

    /// <summary>Nothing was read yet.</summary>
    public static Place Nowhere { get; } = new([], null, [], null);

    /// <summary>Reads it again, after something in it was changed.</summary>
    public Func<Task> ReadAgain { get; init; } = () => Task.CompletedTask;

    /// <summary>The plan's id: <c>cambridgeshire-2017</c>.</summary>
    public string PlanId => Plan is null ? "" : Id(Plan.Name);

    /// <summary>The period's id: <c>2018-10</c>.</summary>
    public string PeriodId => Period is null ? "" : Id(Period.Name);

    /// <summary>The period before the chosen one; null where it is the first.</summary>
    public Period? Earlier => At(1);

    /// <summary>The period after the chosen one; null where it is the last.</summary>
    public Period? Later => At(-1);

    /// <summary>Whether updates of the chosen period can be written.</summary>
    public bool IsOpen => Period?.State == Period.Types.State.Open;

    /// <summary>What people call the chosen period.</summary>
    public string PeriodLabel => Period is null ? "" : Label(Period);

    /// <summary>The last part of a resource name.</summary>
    public static string Id(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name[(name.LastIndexOf('/') + 1)..];
    }

    /// <summary>What people call a period.</summary>
    public static string Label(Period period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return period.DisplayName.Length > 0 ? period.DisplayName : Id(period.Name);
    }

    /// <summary>What people call a period of the chosen plan, by its resource name; its id where it is gone.</summary>
    public string LabelOf(string period) => Periods.FirstOrDefault(p => p.Name == period) is { } there ? Label(there) : Id(period);

    /// <summary>What each status means in the chosen plan, in the order of its scheme; those that it does not explain stand last.</summary>
    public IEnumerable<StatusMeaning> Scheme =>
        (Plan?.StatusScheme?.Statuses ?? []).Concat(Unexplained).DistinctBy(s => s.Status);

    /// <summary>What a status means in the chosen plan.</summary>
    public StatusMeaning Meaning(Status status) => Scheme.FirstOrDefault(s => s.Status == status) ?? Unexplained[^1];

    /// <summary>The fill of a status and the ink on it, as declarations.</summary>
    public string Fill(Status status) => StatusFill.Css(Meaning(status).Colour);

    /// <summary>The address of a page for the chosen plan and period, with further arguments; those without a value are left out.</summary>
    public string Link(string path, params IEnumerable<(string Name, string? Value)> arguments) => Link(path, Period, arguments);

    /// <summary>The same for another period.</summary>
    public string Link(string path, Period? period, params IEnumerable<(string Name, string? Value)> arguments)
    {
        var query = new[] { ("plan", Plan is null ? null : PlanId), ("period", period is null ? null : Id(period.Name)) }
            .Concat(arguments)
            .Where(a => !string.IsNullOrEmpty(a.Item2))
            .Select(a => $"{a.Item1}={Uri.EscapeDataString(a.Item2!)}");
        var joined = string.Join('&', query);
        return joined.Length == 0 ? path : $"{path}?{joined}";
    }

    private Period? At(int offset)
    {
        for (var i = 0; i < Periods.Count; i++)
        {
            if (Periods[i].Name == Period?.Name)
                return Periods.ElementAtOrDefault(i + offset);
        }

        return null;
    }
}
