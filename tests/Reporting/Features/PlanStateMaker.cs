using PlanServices.Actions.V1;
using PlanServices.Reporting.Features;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features;

/// <summary>Makes up plans for reports.</summary>
internal static class PlanStateMaker
{
    private static readonly string[] Partners = ["", "partners/constabulary", "partners/council"];
    private static readonly string[] Themes = ["victims", "offenders"];

    /// <summary>A plan of two themes with this many leaves, of any status, direction, state and leads.</summary>
    public static PlanState Any(Random random, int leaves)
    {
        var themes = Themes
            .Select((t, i) => new Theme { Name = $"plans/county/themes/{t}", DisplayName = t, Position = i + 1 }).ToArray();
        return Of(themes, [.. Enumerable.Range(1, leaves).Select(i => Leaf(random, themes[random.Next(2)], $"V{i}"))]);
    }

    public static PlanState Of(IReadOnlyList<Theme> themes, IReadOnlyList<LeafState> leaves, string period = "2018-10", string called = "October 2018") => new(
        new Plan { Name = "plans/county", DisplayName = "County plan", StatusScheme = Messages.Scheme() },
        new Period { Name = $"plans/county/periods/{period}", DisplayName = called },
        [],
        themes,
        leaves,
        leaves.ToDictionary(l => l.Action.Name, l => l.Action),
        7,
        Messages.Start);

    public static LeafState Leaf(Random random, Theme theme, string reference, string text = "")
    {
        var action = new PlanAction
        {
            Name = $"plans/county/actions/{reference}",
            Ref = reference,
            Theme = theme.Name,
            Title = $"Title {text}",
            Leaf = true,
        };
        for (var i = random.Next(3); i > 0; i--)
            action.DeliveryLeads.Add(new DeliveryLead { Text = $"Lead {random.Next(3)}", Partner = Partners[random.Next(3)] });

        return new LeafState(action, random.Next(5) == 0 ? null : new ProgressUpdate
        {
            Name = $"{action.Name}/updates/2018-10",
            Status = (Status)random.Next(7),
            Direction = (Direction)random.Next(4),
            State = (ProgressUpdate.Types.State)random.Next(1, 5),
            Narrative = text,
            Opportunities = text,
        });
    }
}
