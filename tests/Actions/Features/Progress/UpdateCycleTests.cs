using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Code = PlanServices.Actions.V1.ProgressWarning.Types.Code;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Progress;

public class UpdateCycleTests
{
    [Fact]
    public async Task WholeCycle_SavedReturnedApproved_StandsInItsHistory()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var saved = await server.SaveAsync("V1", u => (u.Narrative, u.Status) = ("The desk answers in a minute.", Status.Amber));
        await server.SubmitAsync("V1", saved.Etag);
        var returned = await server.ReturnAsync("V1", "Say why it is amber.");
        var again = await server.SaveAsync("V1", u => u.StatusReason = "Two posts are vacant.");
        var submitted = await server.SubmitAsync("V1");
        var approved = await server.ApproveAsync("V1");

        Assert.Equal((State.Draft, ""), (saved.State, saved.CarriedOverFrom));
        Assert.Equal([Code.StatusWithoutReason], saved.Warnings.Select(w => w.Code));
        Assert.Equal((State.Returned, "Say why it is amber."), (returned.State, returned.ReturnReason));
        Assert.Equal((State.Returned, "Say why it is amber."), (again.State, again.ReturnReason));
        Assert.Empty(again.Warnings);
        Assert.Equal((State.Submitted, ""), (submitted.State, submitted.ReturnReason));
        Assert.Equal((State.Approved, submitted.SubmitTime), (approved.State, approved.SubmitTime));

        var history = (await server.Progress.ListProgressUpdateRevisionsAsync(
            new ListProgressUpdateRevisionsRequest { Name = ActionsServer.NameOf("V1") }, cancellationToken: Deadline.Token)).Revisions;
        Assert.Equal(
            [State.Approved, State.Submitted, State.Returned, State.Returned, State.Submitted, State.Draft, State.Draft],
            history.Select(r => r.ProgressUpdate.State));
        Assert.Equal("Say why it is amber.", history[3].Provenance.Reason);
        Assert.Equal([("status_reason", "", "Two posts are vacant.")], history[2].Changes.Select(c => (c.Field, c.Before, c.After)));
        Assert.Equal(ChangeSource.Types.Kind.CarryOver, history[6].Provenance.Source.Kind);
        Assert.All(history.Take(6), r => Assert.Equal((ChangeSource.Types.Kind.Api, "clients/test"), (r.Provenance.Source.Kind, r.Provenance.Caller)));
        Assert.Equal(history.Select(r => r.Provenance.Revision).OrderDescending(), history.Select(r => r.Provenance.Revision));
    }

    [Fact]
    public async Task SaveProgressUpdate_TextPointsToNothing_WarnsUntilTheActionIsThere()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var saved = await server.SaveAsync("V1", u => u.Narrative = "See also T9 and links to T1; under B12 and S36 we did, see also X4.");
        await server.Actions.CreatePlanActionAsync(
            new CreatePlanActionRequest
            {
                Parent = "plans/fenland",
                PlanActionId = "T9",
                PlanAction = new PlanAction { Theme = "plans/fenland/themes/transformation", Title = "Share vans" },
            },
            cancellationToken: Deadline.Token);
        var read = await server.GetAsync("V1");

        Assert.Equal(["plans/fenland/actions/T9", "plans/fenland/actions/T1"], saved.CrossReferences);
        Assert.Contains("plans/fenland/actions/T9", Assert.Single(saved.Warnings, w => w.Code == Code.CrossReferenceToNothing).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(read.Warnings, w => w.Code == Code.CrossReferenceToNothing);
    }

    [Fact]
    public async Task SaveProgressUpdate_TextPointsElsewhere_FindsLinksAndReferences()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var saved = await server.SaveAsync(
            "V1", u => u.Narrative = "See also T1 and V1. T9 is planned. https://example.org/desk.pdf shows more.");

        Assert.Equal(["plans/fenland/actions/T1"], saved.CrossReferences);
        Assert.Equal(["https://example.org/desk.pdf"], saved.EvidenceLinks);
    }

    [Fact]
    public async Task SaveProgressUpdate_MaskNamesLinks_KeepsWhatIsGiven()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var saved = await server.SaveAsync(
            "V1",
            u =>
            {
                u.Narrative = "See T1: https://example.org/desk.pdf";
                u.EvidenceLinks.Add("no address");
                u.CrossReferences.Add("plans/fenland/actions/T99");
            },
            r => r.UpdateMask = FieldMask.FromString("narrative,evidence_links,cross_references"));

        Assert.Equal(["no address"], saved.EvidenceLinks);
        Assert.Equal([Code.CrossReferenceToNothing, Code.MalformedLink], saved.Warnings.Select(w => w.Code));
    }

    [Fact]
    public async Task SaveProgressUpdate_StarMask_EmptiesWhatIsNotGiven()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => (u.Narrative, u.Status, u.Direction) = ("Text.", Status.Green, Direction.Improved));

        var saved = await server.SaveAsync("V1", u => u.Status = Status.Red, r => r.UpdateMask = FieldMask.FromString("*"));

        Assert.Equal(("", Status.Red, Direction.Unspecified), (saved.Narrative, saved.Status, saved.Direction));
    }

    [Fact]
    public async Task SaveProgressUpdate_NothingDiffers_NoRevision()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var saved = await server.SaveAsync("V1", u => u.Narrative = "Text.");

        Assert.Equal(saved, await server.SaveAsync("V1", u => u.Narrative = "Text."));
    }

    [Fact]
    public async Task SaveProgressUpdate_StaleEtag_AbortedWithPresentEtag()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var first = await server.SaveAsync("V1", u => u.Narrative = "First.");
        var second = await server.SaveAsync("V1", u => u.Narrative = "Second.");

        var info = await ApiAssert.FailsAsync(
            StatusCode.Aborted, "ERROR_REASON_STALE_ETAG", () => server.SaveAsync("V1", u => (u.Narrative, u.Etag) = ("Third.", first.Etag)));

        Assert.Equal(second.Etag, info.Metadata["etag"]);
        Assert.Equal("Second.", (await server.GetAsync("V1")).Narrative);
    }

    [Fact]
    public async Task SaveProgressUpdate_ValidateOnly_AnswersAndStoresNothing()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var before = await server.GetAsync("V1");

        var answer = await server.SaveAsync("V1", u => u.Narrative = "Text.", r => r.ValidateOnly = true);

        Assert.Equal("Text.", answer.Narrative);
        Assert.Equal(before, await server.GetAsync("V1"));
    }

    [Fact]
    public async Task SaveProgressUpdate_SameRequestIdAgain_SameAnswerAndOneRevision()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var id = Guid.CreateVersion7().ToString();

        var first = await server.SaveAsync("V1", u => u.Narrative = "First.", r => r.RequestId = id);
        await server.SaveAsync("V1", u => u.Narrative = "Second.");
        var again = await server.SaveAsync("V1", u => u.Narrative = "First.", r => r.RequestId = id);

        Assert.Equal(first, again);
        Assert.Equal("Second.", (await server.GetAsync("V1")).Narrative);
    }

    [Fact]
    public async Task SaveProgressUpdate_SeveralFieldsWrong_NamesEach()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_INVALID_FIELD",
            () => server.SaveAsync("V1", u =>
            {
                u.Narrative = new string('x', 50_001);
                u.Status = (Status)99;
                u.CrossReferences.Add("plans/another/actions/T1");
            }),
            "progress_update.narrative",
            "progress_update.status",
            "progress_update.cross_references[0]");
    }

    [Theory]
    [InlineData("plans/nowhere/actions/V1/updates/2018-10", "plans/nowhere")]
    [InlineData("plans/fenland/actions/V99/updates/2018-10", "plans/fenland/actions/V99")]
    [InlineData("plans/fenland/actions/V1/updates/2019-01", "plans/fenland/periods/2019-01")]
    public async Task SaveProgressUpdate_SomethingIsNotThere_SaysWhat(string name, string missing)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var info = await ApiAssert.FailsAsync(
            StatusCode.NotFound, "ERROR_REASON_NOT_FOUND", () => server.SaveAsync("V1", u => (u.Name, u.Narrative) = (name, "Text.")));

        Assert.Equal(missing, info.Metadata["resource"]);
    }

    [Fact]
    public async Task SaveProgressUpdate_Submitted_SaysWhichStatesAllowIt()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SubmitAsync("V1");

        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => server.SaveAsync("V1", u => u.Narrative = "Text."));

        Assert.Equal(("STATE_SUBMITTED", "STATE_DRAFT,STATE_RETURNED"), (info.Metadata["state"], info.Metadata["allowed_states"]));
    }

    [Fact]
    public async Task Write_ControlCharacterInAReason_NamesTheField()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SubmitAsync("V1");
        var withheld = new SetWithheldFieldsRequest
        {
            Name = ActionsServer.NameOf("V1"),
            Withheld = { new WithheldField { Field = "narrative", Reason = "A name\u0000." } },
        };

        await ApiAssert.InvalidFieldAsync("reason", () => server.ReturnAsync("V1", "Say\u001bmore."));
        await ApiAssert.InvalidFieldAsync(
            "withheld[0].reason", async () => await server.Progress.SetWithheldFieldsAsync(withheld, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task Get_RefInSmallLetters_NamesTheOneThatIsThere()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var name = ActionsServer.NameOf("v1");
        var calls = new Func<Task>[]
        {
            () => server.GetAsync("v1"),
            () => server.SubmitAsync("v1"),
            async () => await server.Actions.GetPlanActionAsync(new GetPlanActionRequest { Name = "plans/fenland/actions/v1" }, cancellationToken: Deadline.Token),
            async () => await server.Actions.RetirePlanActionAsync(
                new RetirePlanActionRequest { Name = "plans/fenland/actions/v1", Reason = "Done." }, cancellationToken: Deadline.Token),
            async () => await server.Progress.ListProgressUpdateRevisionsAsync(
                new ListProgressUpdateRevisionsRequest { Name = name }, cancellationToken: Deadline.Token),
        };
        foreach (var call in calls)
        {
            await ApiAssert.NotFoundAsync(call);
            Assert.EndsWith(" The plan has V1.", (await Assert.ThrowsAsync<RpcException>(call)).Status.Detail, StringComparison.Ordinal);
        }

        Assert.EndsWith("v9/updates/2018-10.", (await Assert.ThrowsAsync<RpcException>(() => server.GetAsync("v9"))).Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitProgressUpdate_NothingInIt_Refused()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", _ => { }, r => r.UpdateMask = FieldMask.FromString("*"));

        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOTHING_TO_SUBMIT", () => server.SubmitAsync("V1"));
    }

    [Fact]
    public async Task ReturnProgressUpdate_WithoutReason_NamesField()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SubmitAsync("V1");

        await ApiAssert.InvalidFieldAsync("reason", () => server.ReturnAsync("V1", " "));
    }

    [Fact]
    public async Task SubmitProgressUpdate_NotThere_NotFound()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.OpenAsync("2019-01", r => r.NoCarryOver = true);

        await ApiAssert.NotFoundAsync(async () => await server.Progress.SubmitProgressUpdateAsync(
            new SubmitProgressUpdateRequest { Name = ActionsServer.NameOf("V1", "2019-01") }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task SetWithheldFields_OnApproved_StandsWithItsReason()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SubmitAsync("V1");
        await server.ApproveAsync("V1");

        var request = new SetWithheldFieldsRequest
        {
            Name = ActionsServer.NameOf("V1"),
            Withheld = { new WithheldField { Field = "narrative", Reason = "An investigation goes on." } },
        };
        var withheld = await server.Progress.SetWithheldFieldsAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal(State.Approved, withheld.State);
        Assert.Equal(request.Withheld, (await server.GetAsync("V1")).Withheld);
        request.Withheld[0].Field = "etag";
        await ApiAssert.InvalidFieldAsync(
            "withheld[0].field", async () => await server.Progress.SetWithheldFieldsAsync(request, cancellationToken: Deadline.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReportOfAnActionRetiredOrDividedSince_CanBeReturnedApprovedAndWithheld(bool retired)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SubmitAsync("V1");
        await server.SubmitAsync("V2");
        foreach (var reference in new[] { "V1", "V2" })
        {
            if (retired)
            {
                await server.Actions.RetirePlanActionAsync(
                    new RetirePlanActionRequest { Name = $"plans/fenland/actions/{reference}", Reason = "Done." }, cancellationToken: Deadline.Token);
                continue;
            }

            await server.Actions.CreatePlanActionAsync(
                new CreatePlanActionRequest
                {
                    Parent = "plans/fenland",
                    PlanActionId = $"{reference}.1",
                    PlanAction = new PlanAction { ParentAction = $"plans/fenland/actions/{reference}", Title = "A part" },
                },
                cancellationToken: Deadline.Token);
        }

        Assert.Equal(State.Approved, (await server.ApproveAsync("V1")).State);
        Assert.Equal(State.Returned, (await server.ReturnAsync("V2", "It is another's.")).State);
        var withheld = await server.Progress.SetWithheldFieldsAsync(
            new SetWithheldFieldsRequest { Name = ActionsServer.NameOf("V1"), Withheld = { new WithheldField { Field = "narrative", Reason = "A name." } } },
            cancellationToken: Deadline.Token);
        Assert.Single(withheld.Withheld);
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NO_LEAF", () => server.SaveAsync("V2", u => u.Narrative = "Text."));
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NO_LEAF", () => server.SubmitAsync("V2"));
    }

    [Fact]
    public async Task SaveProgressUpdate_NothingToChangeAndSentAgain_DoesNotUndoWhatCameBetween()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => u.Narrative = "First.");
        var id = Guid.CreateVersion7().ToString();

        var checkedOnly = await server.SaveAsync("V1", u => u.Narrative = "First.", r => (r.RequestId, r.ValidateOnly) = (id, true));
        var first = await server.SaveAsync("V1", u => u.Narrative = "First.", r => r.RequestId = id);
        await server.SaveAsync("V1", u => u.Narrative = "Second.");
        var again = await server.SaveAsync("V1", u => u.Narrative = "First.", r => r.RequestId = id);

        Assert.Equal((first, first), (checkedOnly, again));
        Assert.Equal("Second.", (await server.GetAsync("V1")).Narrative);
    }

    [Fact]
    public async Task GetProgressUpdate_ContradictsReportBefore_HasWarnings()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => (u.Status, u.StatusReason, u.Direction) = (Status.Red, "No money.", Direction.Improved));

        var read = await server.GetAsync("V1");
        var listed = await server.Progress.ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = "plans/fenland/actions/-", Period = "2018-10" }, cancellationToken: Deadline.Token);

        Assert.Equal([Code.WorseButImproved, Code.NarrativeUnchanged], read.Warnings.Select(w => w.Code));
        Assert.Equal(read, listed.ProgressUpdates[0]);
    }

    [Fact]
    public async Task SaveProgressUpdate_OverJson_AsOverGrpc()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        using var body = new StringContent("""{"narrative":"The desk is open.","status":"STATUS_GREEN"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Host.Http.PatchAsync(
            new Uri("/v1/plans/fenland/actions/V1/updates/2018-10?updateMask=narrative,status", UriKind.Relative), body, Deadline.Token);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Deadline.Token));
        Assert.Equal(("The desk is open.", Status.Green), await server.GetAsync("V1") is var u ? (u.Narrative, u.Status) : default);
    }
}
