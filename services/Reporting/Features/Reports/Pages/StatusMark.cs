using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Text;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports.Pages;

/// <summary>How a status looks: a letter and a word, so that the colour tells nothing that they do not.</summary>
/// <param name="Symbol">A letter or sign.</param>
/// <param name="Label">The plan's word.</param>
/// <param name="Fill">The fill, <c>#rrggbb</c>.</param>
/// <param name="Ink">The ink that can be read on it.</param>
public sealed record StatusMark(string Symbol, string Label, string Fill, string Ink)
{
    /// <summary>A status that the audience does not see.</summary>
    public static readonly StatusMark NotShown = new("×", "Not shown", "#e6e6e6", "#000000");

    public static StatusMark Of(StatusMeaning meaning)
    {
        var (fill, ink) = StatusFill.Of(meaning.Colour);
        return new StatusMark(
            meaning.Symbol.Length > 0 ? meaning.Symbol : meaning.Status.Letter(),
            meaning.Label.Length > 0 ? meaning.Label : meaning.Status.Word(),
            fill,
            ink);
    }
}

/// <summary>A column of the figures and a layer of the bars: a status, or what is not shown.</summary>
/// <param name="Mark">How it looks.</param>
/// <param name="Meaning">What it means in this plan.</param>
/// <param name="Count">Reads how many leaves have it.</param>
/// <param name="IsRed">Whether it is the one that no other may hide.</param>
public sealed record StatusKind(StatusMark Mark, string Meaning, Func<StatusCounts, int> Count, bool IsRed = false)
{
    public static StatusKind Of(StatusMeaning meaning) =>
        new(StatusMark.Of(meaning), meaning.Meaning, counts => counts.Of(meaning.Status), meaning.Status == Status.Red);

    public static StatusKind NotShown { get; } = new(
        StatusMark.NotShown, "This edition does not show it; the row says why.", counts => counts.NotShown);
}
