using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Plans;

public class PlanGrpcServiceTests
{
    [Fact]
    public async Task CreatePlan_WithNameOnly_HasUsualSchemeAndFirstRevision()
    {
        await using var server = await ActionsServer.StartAsync();

        var made = await server.CreatePlanAsync("fenland");

        Assert.Equal("plans/fenland", made.Name);
        Assert.Equal(1, made.HeadRevision);
        Assert.Equal(1, made.StatusScheme.Version);
        Assert.Equal(System.Enum.GetValues<Status>().Length, made.StatusScheme.Statuses.Select(s => s.Status).Distinct().Count());
        Assert.Equal(made, await server.Plans.GetPlanAsync(new GetPlanRequest { Name = made.Name }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task CreatePlan_IdTaken_AlreadyExists()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.CreatePlanAsync("fenland");

        var info = await ApiAssert.FailsAsync(
            StatusCode.AlreadyExists, "ERROR_REASON_ALREADY_EXISTS", () => server.CreatePlanAsync("fenland"));

        Assert.Equal("plans/fenland", info.Metadata["resource"]);
        Assert.Equal("planservices.actions.v1", info.Domain);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Fenland")]
    [InlineData("1st")]
    [InlineData("a-")]
    [InlineData("plan/x")]
    public async Task CreatePlan_BadId_NamesField(string id)
    {
        await using var server = await ActionsServer.StartAsync();

        await ApiAssert.InvalidFieldAsync("plan_id", () => server.CreatePlanAsync(id));
    }

    [Fact]
    public async Task CreatePlan_SeveralFieldsWrong_NamesEach()
    {
        await using var server = await ActionsServer.StartAsync();
        var request = new CreatePlanRequest
        {
            PlanId = "fenland",
            Plan = new Plan
            {
                Owner = "somebody",
                StatusScheme = new StatusScheme
                {
                    Statuses =
                    {
                        new StatusMeaning { Status = Status.Red, Label = "Red", Colour = "red" },
                        new StatusMeaning { Status = Status.Red, Label = "" },
                    },
                },
            },
        };

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_INVALID_FIELD",
            async () => await server.Plans.CreatePlanAsync(request, cancellationToken: Deadline.Token),
            "plan.display_name",
            "plan.owner",
            "plan.status_scheme.statuses[0].colour",
            "plan.status_scheme.statuses[1].status",
            "plan.status_scheme.statuses[1].label");
    }

    [Fact]
    public async Task CreatePlan_ValidateOnly_StoresNothing()
    {
        await using var server = await ActionsServer.StartAsync();
        var request = new CreatePlanRequest { PlanId = "fenland", Plan = new Plan { DisplayName = "Fenland" }, ValidateOnly = true };

        var answer = await server.Plans.CreatePlanAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal("Fenland", answer.DisplayName);
        await ApiAssert.NotFoundAsync(async () =>
            await server.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task CreatePlan_SameRequestIdAgain_SameAnswer()
    {
        await using var server = await ActionsServer.StartAsync();
        var request = new CreatePlanRequest
        {
            PlanId = "fenland",
            Plan = new Plan { DisplayName = "Fenland" },
            RequestId = Guid.CreateVersion7().ToString(),
        };

        var first = await server.Plans.CreatePlanAsync(request, cancellationToken: Deadline.Token);
        var second = await server.Plans.CreatePlanAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal(first, second);
        request.Plan.DisplayName = "Another";
        await ApiAssert.FailsAsync(
            StatusCode.AlreadyExists,
            "ERROR_REASON_REQUEST_ID_REUSED",
            async () => await server.Plans.CreatePlanAsync(request, cancellationToken: Deadline.Token),
            "request_id");
    }

    [Fact]
    public async Task CreatePlan_RequestIdOfLongAgo_IsForgotten()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2018, 10, 1, 9, 0, 0, TimeSpan.Zero));
        await using var server = await ActionsServer.StartAsync(time: time);
        var requestId = Guid.CreateVersion7().ToString();
        await CreateAsync("fenland");

        for (var day = 1; day < 30; day++)
        {
            time.Advance(TimeSpan.FromDays(1));
            await ApiAssert.FailsAsync(StatusCode.AlreadyExists, "ERROR_REASON_REQUEST_ID_REUSED", () => CreateAsync("marshland"), "request_id");
        }

        await using var db = await server.Host.Services.GetRequiredService<IDbContextFactory<ActionsContext>>().CreateDbContextAsync(Deadline.Token);
        var deadline = Deadline.Token;
        while (await db.Requests.AnyAsync(deadline))
            time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("plans/marshland", (await CreateAsync("marshland")).Name);

        async Task<Plan> CreateAsync(string id) => await server.Plans.CreatePlanAsync(
            new CreatePlanRequest { PlanId = id, Plan = new Plan { DisplayName = id }, RequestId = requestId }, cancellationToken: Deadline.Token);
    }

    [Fact]
    public async Task UpdatePlan_SchemeChanged_CountsItsVersion()
    {
        await using var server = await ActionsServer.StartAsync();
        var plan = await server.CreatePlanAsync("fenland");
        plan.StatusScheme.Statuses.Single(s => s.Status == Status.Amber).Label = "Yellow";

        var changed = await server.Plans.UpdatePlanAsync(
            new UpdatePlanRequest { Plan = plan, UpdateMask = FieldMask.FromString("status_scheme") }, cancellationToken: Deadline.Token);

        Assert.Equal(2, changed.StatusScheme.Version);
        Assert.Equal("Yellow", changed.StatusScheme.Statuses.Single(s => s.Status == Status.Amber).Label);
        Assert.Equal(2, changed.HeadRevision);
        Assert.NotEqual(plan.Etag, changed.Etag);
    }

    [Fact]
    public async Task UpdatePlan_NothingDiffers_NoRevision()
    {
        await using var server = await ActionsServer.StartAsync();
        var plan = await server.CreatePlanAsync("fenland");

        var same = await server.Plans.UpdatePlanAsync(new UpdatePlanRequest { Plan = plan }, cancellationToken: Deadline.Token);

        Assert.Equal(plan, same);
    }

    [Fact]
    public async Task UpdatePlan_StaleEtag_AbortedWithPresentEtag()
    {
        await using var server = await ActionsServer.StartAsync();
        var plan = await server.CreatePlanAsync("fenland");
        plan.DisplayName = "First";
        var first = await server.Plans.UpdatePlanAsync(new UpdatePlanRequest { Plan = plan }, cancellationToken: Deadline.Token);

        plan.DisplayName = "Second";
        var info = await ApiAssert.FailsAsync(
            StatusCode.Aborted,
            "ERROR_REASON_STALE_ETAG",
            async () => await server.Plans.UpdatePlanAsync(new UpdatePlanRequest { Plan = plan }, cancellationToken: Deadline.Token));

        Assert.Equal(first.Etag, info.Metadata["etag"]);
    }

    [Fact]
    public async Task UpdatePlan_MaskNamesFixedField_NamesMask()
    {
        await using var server = await ActionsServer.StartAsync();
        var plan = await server.CreatePlanAsync("fenland");

        await ApiAssert.InvalidFieldAsync("update_mask", async () => await server.Plans.UpdatePlanAsync(
            new UpdatePlanRequest { Plan = plan, UpdateMask = FieldMask.FromString("create_time") }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task ListPlans_InPages_EachOnceInOrder()
    {
        await using var server = await ActionsServer.StartAsync();
        foreach (var id in new[] { "delta", "alpha", "echo", "bravo", "charlie" })
            await server.CreatePlanAsync(id);

        List<string> seen = [];
        var request = new ListPlansRequest { PageSize = 2 };
        do
        {
            var page = await server.Plans.ListPlansAsync(request, cancellationToken: Deadline.Token);
            seen.AddRange(page.Plans.Select(p => p.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["plans/alpha", "plans/bravo", "plans/charlie", "plans/delta", "plans/echo"], seen);
    }

    [Fact]
    public async Task ListPlans_NegativePageSize_NamesField()
    {
        await using var server = await ActionsServer.StartAsync();

        await ApiAssert.InvalidFieldAsync(
            "page_size", async () => await server.Plans.ListPlansAsync(new ListPlansRequest { PageSize = -1 }, cancellationToken: Deadline.Token));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAA")]
    [InlineData("!!")]
    public async Task ListThemes_ForeignPageToken_Refused(string token)
    {
        await using var server = await ActionsServer.StartAsync();
        await server.CreatePlanAsync("fenland");

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_INVALID_PAGE_TOKEN",
            async () => await server.Plans.ListThemesAsync(
                new ListThemesRequest { Parent = "plans/fenland", PageToken = token }, cancellationToken: Deadline.Token),
            "page_token");
    }
}
