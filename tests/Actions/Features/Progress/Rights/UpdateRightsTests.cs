using Grpc.Core;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.ServiceDefaults.Errors;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Progress.Rights;

public class UpdateRightsTests
{
    private const string Action = "plans/fenland/actions/V1";
    private static readonly DateOnly Day = new(2018, 10, 1);
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    [Theory]
    // The partner leads it, alone or among others.
    [InlineData("partners/police", "partners/police", true)]
    [InlineData("partners/police", "partners/opcc partners/police", true)]
    // It is a member of a group that leads it.
    [InlineData("partners/police", "partners/board", true)]
    [InlineData("partners/council", "partners/board", false)]
    // Others, nobody, and leads that are linked to nobody.
    [InlineData("partners/police", "partners/council", false)]
    [InlineData("partners/police", "", false)]
    [InlineData("", "partners/police", false)]
    [InlineData("", "", false)]
    // The client of every partner: of each that there is.
    [InlineData("partners/-", "partners/council", true)]
    [InlineData("partners/-", "", false)]
    public void Check_ClientOfAPartner_SendsWhatItLeads(string partner, string leads, bool allowed)
    {
        var failure = Record.Exception(() => Check(new UpdateSender("clients/a", partner, false), leads, TimeSpan.Zero));

        if (allowed)
        {
            Assert.Null(failure);
            return;
        }

        var refusal = Assert.IsType<ApiException>(failure);
        Assert.Equal((StatusCode.PermissionDenied, "ERROR_REASON_NOT_LEAD"), (refusal.Status, refusal.Reason));
        Assert.Equal((Action, partner), (refusal.Metadata["resource"], refusal.Metadata["partner"]));
    }

    [Fact]
    public void Check_WhoMaySendAny_IsNotAskedForMemberships() =>
        Check(new UpdateSender("clients/a", "", true), "partners/board", TimeSpan.MaxValue);

    [Fact]
    public void Check_MembershipsAreStale_UnavailableOnlyWhereItDependsOnThem()
    {
        var police = new UpdateSender("clients/a", "partners/police", false);

        Check(police, "partners/police", TimeSpan.MaxValue);
        Check(police, "partners/board", Oldest);
        foreach (var age in new[] { Oldest + TimeSpan.FromTicks(1), TimeSpan.MaxValue })
        {
            var refusal = Assert.Throws<ApiException>(() => Check(police, "partners/board", age));
            Assert.Equal((StatusCode.Unavailable, "ERROR_REASON_DIRECTORY_STALE"), (refusal.Status, refusal.Reason));
            Assert.NotNull(refusal.RetryAfter);
        }
    }

    private static void Check(UpdateSender sender, string leads, TimeSpan age) => UpdateRights.Check(
        sender,
        Action,
        leads.Split(' '),
        Day,
        new Memberships(age, (partner, bodies, day) => partner == "partners/police" && bodies.Contains("partners/board") && day == Day),
        Oldest);
}
