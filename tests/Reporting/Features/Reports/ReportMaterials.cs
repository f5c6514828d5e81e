using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Reports;

/// <summary>Makes up what reports are made of.</summary>
internal static class ReportMaterials
{
    public static readonly Theme Victims = new() { Name = "plans/county/themes/victims", DisplayName = "Victims", Position = 1 };

    public static readonly DateOnly Today = new(2018, 11, 20);

    /// <summary>A period without another before it, for the board.</summary>
    public static ReportMaterial Alone(IReadOnlyList<Theme> themes, IReadOnlyList<LeafState> leaves) =>
        Of(PlanStateMaker.Of(themes, leaves), null, Audience.Board);

    /// <summary>Two periods.</summary>
    public static ReportMaterial Two(Audience audience, IReadOnlyList<LeafState> before, IReadOnlyList<LeafState> now) =>
        Of(PlanStateMaker.Of([Victims], now), PlanStateMaker.Of([Victims], before, "2018-07", "July 2018"), audience);

    private static ReportMaterial Of(PlanState now, PlanState? before, Audience audience)
    {
        var plan = new PlanModel(1, now.Plan.Name);
        foreach (var leaf in now.Leaves)
            plan.SetAction(plan.AddAction(plan.Actions.Count + 1, leaf.Action.Name), leaf.Action);

        foreach (var state in new[] { before, now }.OfType<PlanState>())
        {
            var period = plan.AddPeriod(plan.Periods.Count + 1, state.Period.Name);
            plan.SetPeriod(period, state.Period);
            foreach (var leaf in state.Leaves.Where(l => l.Update is not null))
            {
                if (plan.TryGetAction(leaf.Action.Name, out var action))
                    period.Set(action, Fact.Of(leaf.Update!));
            }
        }

        return new ReportMaterial(now, before, audience, Trends.Of(plan, "2018-10", audience));
    }

    public static LeafState Leaf(string reference, Action<ProgressUpdate>? change = null)
    {
        var action = new PlanAction
        {
            Name = $"plans/county/actions/{reference}",
            Ref = reference,
            Theme = Victims.Name,
            Title = $"Action {reference}",
            Leaf = true,
        };
        if (change is null)
            return new LeafState(action, null);

        var update = new ProgressUpdate { Name = $"{action.Name}/updates/2018-10", State = ProgressUpdate.Types.State.Approved };
        change(update);
        return new LeafState(action, update);
    }

    /// <summary>A report that has this text wherever a text can be, with another before it so that words are compared.</summary>
    public static ProgressReport WithText(string text, Audience audience = Audience.Board)
    {
        var leaf = Leaf("V1", u => Fill(u, text));
        leaf.Action.Title = text;
        leaf.Action.Notes.Add(text);
        leaf.Action.OpccLeads.Add(text);
        leaf.Action.DeliveryLeads.Add(new DeliveryLead { Text = text, Qualifier = text });
        var material = Two(audience, [Leaf("V1", u => Fill(u, "What was said before."))], [leaf]);
        material.Now.Plan.DisplayName = text;
        material.Now.Period.DisplayName = text;
        foreach (var meaning in material.Now.Plan.StatusScheme.Statuses)
            (meaning.Label, meaning.Meaning, meaning.Symbol) = (text, text, text);

        var report = ProgressReports.Of(material, PartnerDirectory.OutOfReach, Today);
        report.Rows[0].ThemeDisplayName = text;
        report.Summary.Themes[0].DisplayName = text;
        report.ProtectiveMarking = ProtectiveMarking.Official;
        (report.Corrects, report.CorrectionNote) = ("plans/county/reports/1", text);
        return report;
    }

    public static async Task<byte[]> BytesAsync(ProgressReport report, Format format) =>
        await new ReportRenderer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance).BytesAsync(report, format);

    /// <summary>All that is in a file, as text: of a package, each of its parts.</summary>
    public static string Everything(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("PK"u8))
            return Encoding.UTF8.GetString(bytes);

        var all = new StringBuilder();
        using var package = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in package.Entries)
        {
            using var part = new StreamReader(entry.Open());
            all.Append(entry.FullName).Append('\n').Append(part.ReadToEnd()).Append('\n');
        }

        return all.ToString();
    }

    private static void Fill(ProgressUpdate update, string text)
    {
        (update.Narrative, update.StatusReason, update.Opportunities) = (text, text, text);
        (update.Status, update.Direction) = (Status.Red, Direction.Deteriorated);
        update.EvidenceLinks.Add(text);
        update.Withheld.Add(new WithheldField { Field = "opportunities", Reason = $"reason {text}" });
    }
}
