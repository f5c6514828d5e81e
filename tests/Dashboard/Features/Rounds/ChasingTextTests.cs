using PlanServices.Actions.V1;
using PlanServices.Dashboard.Features.Rounds;
using PlanServices.Dashboard.Reading;
using Xunit;

namespace PlanServices.Dashboard.Tests.Features.Rounds;

/// <summary>The message that chases a lead.</summary>
public class ChasingTextTests
{
    [Fact]
    public void For_LateAndReturned_NamesDayActionsAndReason()
    {
        var period = new Period { Name = "plans/p/periods/2018-10", DisplayName = "October 2018", DueDate = new Google.Type.Date { Year = 2018, Month = 11, Day = 5 } };
        var place = new Place([], new Plan { Name = "plans/p", DisplayName = "Our plan" }, [period], period);
        OwedUpdate[] owed =
        [
            new() { PlanAction = new PlanAction { Name = "plans/p/actions/V1", Ref = "V1" }, DaysLate = 3 },
            new() { PlanAction = new PlanAction { Name = "plans/p/actions/V2", Ref = "V2" }, DaysLate = 3, State = ProgressUpdate.Types.State.Returned, ReturnReason = "Say why it is red." },
        ];

        var text = ChasingText.For("Constabulary", place, owed, new Dictionary<string, string> { ["plans/p/actions/V1"] = "Spot the risk" });

        Assert.Contains("To: Constabulary", text, StringComparison.Ordinal);
        Assert.Contains("Our plan, October 2018: 2 updates overdue", text, StringComparison.Ordinal);
        Assert.Contains("due 5 November 2018, 3 days ago", text, StringComparison.Ordinal);
        Assert.Contains("- V1 Spot the risk", text, StringComparison.Ordinal);
        Assert.Contains("To be put right: Say why it is red.", text, StringComparison.Ordinal);
    }
}
