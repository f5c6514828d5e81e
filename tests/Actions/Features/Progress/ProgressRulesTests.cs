using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Progress;
using Xunit;
using Code = PlanServices.Actions.V1.ProgressWarning.Types.Code;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Progress;

public class ProgressRulesTests
{
    [Theory]
    [InlineData(Status.Red, "", new[] { Code.StatusWithoutReason })]
    [InlineData(Status.Amber, "", new[] { Code.StatusWithoutReason })]
    [InlineData(Status.NotRated, "", new[] { Code.NotRatedWithoutReason })]
    [InlineData(Status.Red, "No money.", new Code[0])]
    [InlineData(Status.NotRated, "A measure is being made.", new Code[0])]
    [InlineData(Status.Green, "", new Code[0])]
    [InlineData(Status.NotStarted, "", new Code[0])]
    [InlineData(Status.Unspecified, "", new Code[0])]
    public void Check_Status_WantsItsReason(Status status, string reason, Code[] expected) =>
        Assert.Equal(expected, Check(new ProgressUpdate { Status = status, StatusReason = reason }));

    [Theory]
    [InlineData(Status.Green, Status.Red, Direction.Improved, Code.WorseButImproved)]
    [InlineData(Status.Complete, Status.Green, Direction.Improved, Code.WorseButImproved)]
    [InlineData(Status.Red, Status.Amber, Direction.Deteriorated, Code.BetterButDeteriorated)]
    [InlineData(Status.Green, Status.Red, Direction.Deteriorated, null)]
    [InlineData(Status.Green, Status.Red, Direction.NoChange, null)]
    [InlineData(Status.Green, Status.Green, Direction.Improved, null)]
    [InlineData(Status.NotStarted, Status.Red, Direction.Improved, null)]
    [InlineData(Status.Unspecified, Status.Red, Direction.Improved, null)]
    public void Check_StatusAgainstDirection_SaysWhatContradicts(Status before, Status now, Direction direction, Code? expected) => Assert.Equal(
        expected is { } code ? [code] : [],
        Check(new ProgressUpdate { Status = now, StatusReason = "So it is.", Direction = direction }, new LastReport(before, "Other words.")));

    [Theory]
    [InlineData("The desk is staffed.", true)]
    [InlineData("  the desk\nis  STAFFED. ", true)]
    [InlineData("The desk is staffed now.", false)]
    public void Check_NarrativeOfTheReportBefore_IsSaid(string narrative, bool warned) => Assert.Equal(
        warned ? [Code.NarrativeUnchanged] : [],
        Check(new ProgressUpdate { Narrative = narrative }, new LastReport(Status.Green, "The desk is staffed.")));

    [Fact]
    public void Check_EmptyNarrativeTwice_IsNoNarrativeUnchanged() =>
        Assert.Empty(Check(new ProgressUpdate(), new LastReport(Status.Green, "")));

    [Fact]
    public void Check_NobodyDelivers_IsSaid() => Assert.Equal(
        [Code.NoDeliveryLead],
        ProgressRules.Check(new ProgressUpdate(), new ProgressContext(null, HasDeliveryLead: false, _ => true)).Select(w => w.Code));

    [Fact]
    public void Check_ReferenceToNothing_NamesIt()
    {
        var update = new ProgressUpdate { CrossReferences = { "plans/p/actions/T1", "plans/p/actions/T99" } };

        var warning = Assert.Single(ProgressRules.Check(update, new ProgressContext(null, true, name => name.EndsWith("T1", StringComparison.Ordinal))));

        Assert.Equal((Code.CrossReferenceToNothing, "cross_references"), (warning.Code, warning.Field));
        Assert.Contains("T99", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/report.pdf", true)]
    [InlineData("http://192.0.2.1/x", true)]
    [InlineData("https://[2001:db8::1]/", true)]
    [InlineData("www.example.org", false)]
    [InlineData("ftp://example.org/x", false)]
    [InlineData("https://example", false)]
    [InlineData("https://example.org/a b", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    public void IsWebAddress_ByForm(string link, bool expected) => Assert.Equal(expected, ProgressRules.IsWebAddress(link));

    private static IEnumerable<Code> Check(ProgressUpdate update, LastReport? before = null) =>
        ProgressRules.Check(update, new ProgressContext(before, HasDeliveryLead: true, _ => true)).Select(w => w.Code);
}
