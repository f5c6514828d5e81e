using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using PlanServices.Actions.Tests.Features.Grid.Editing;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Actions.Tests.Features;

/// <summary>Every method that writes can be tried first, and sent again.</summary>
public class EveryWriteTests
{
    private const string Update = "plans/fenland/actions/V1/updates/2018-10";
    private const string Refresh = """{"displayName":"One less","items":[{"retireAction":{"planAction":"plans/fenland/actions/V2"}}]}""";

    // A request that each can carry out on the plan fenland, and what has to stand there before.
    private static readonly Dictionary<string, (string Request, Func<ActionsServer, Task>? Before)> Requests = new()
    {
        ["CreatePlan"] = ("""{"planId":"marshland","plan":{"displayName":"Marshland"}}""", null),
        ["UpdatePlan"] = ("""{"plan":{"name":"plans/fenland","displayName":"The Fens"}}""", null),
        ["DeletePlan"] = ("""{"name":"plans/marshland"}""", async s => await s.CreatePlanAsync("marshland")),
        ["CreateTheme"] = ("""{"parent":"plans/fenland","themeId":"rural","theme":{"displayName":"Rural","refPrefix":"R"}}""", null),
        ["UpdateTheme"] = ("""{"theme":{"name":"plans/fenland/themes/victims","displayName":"Victims first"}}""", null),
        ["CreatePeriod"] = ("""{"parent":"plans/fenland","periodId":"2019-01","period":{}}""", null),
        ["UpdatePeriod"] = ("""{"period":{"name":"plans/fenland/periods/2018-10","displayName":"Autumn"}}""", null),
        ["LockPeriod"] = ("""{"name":"plans/fenland/periods/2018-10"}""", null),
        ["ReopenPeriod"] = ("""{"name":"plans/fenland/periods/2018-10","reason":"A lead was ill."}""", s => s.LockAsync("2018-10")),
        ["DeletePeriod"] = ("""{"name":"plans/fenland/periods/2018-10"}""", null),
        ["Expunge"] = ("""{"name":"plans/fenland","text":"The new desk","reason":"It names a desk."}""", null),
        ["CreatePlanAction"] =
            ("""{"parent":"plans/fenland","planActionId":"V9","planAction":{"theme":"plans/fenland/themes/victims","title":"Listen"}}""", null),
        ["UpdatePlanAction"] = ("""{"planAction":{"name":"plans/fenland/actions/V1","title":"Answer at once"}}""", null),
        ["RetirePlanAction"] = ("""{"name":"plans/fenland/actions/V1","reason":"It is done."}""", null),
        ["RestorePlanAction"] = (
            """{"name":"plans/fenland/actions/V1","reason":"It is not done."}""",
            async s => await s.Actions.RetirePlanActionAsync(
                new RetirePlanActionRequest { Name = "plans/fenland/actions/V1", Reason = "It is done." }, cancellationToken: Deadline.Token)),
        ["SaveProgressUpdate"] = ($$$"""{"progressUpdate":{"name":"{{{Update}}}","narrative":"It is open."}}""", null),
        ["SubmitProgressUpdate"] = ($$"""{"name":"{{Update}}"}""", null),
        ["ReturnProgressUpdate"] = ($$"""{"name":"{{Update}}","reason":"Say more."}""", s => s.SubmitAsync("V1")),
        ["ApproveProgressUpdate"] = ($$"""{"name":"{{Update}}"}""", s => s.SubmitAsync("V1")),
        ["SetWithheldFields"] = ($$"""{"name":"{{Update}}","withheld":[{"field":"narrative","reason":"It names a victim."}]}""", null),
        ["ImportGrid"] = ($$"""{"parent":"plans/fenland","period":"2018-10","fileName":"g.csv","content":"{{Base64(Grids.TwoThemes)}}"}""", null),
        ["UndoImport"] = (
            """{"parent":"plans/fenland","revision":"3"}""",
            async s => Assert.Equal(3, (await s.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes)).Revision)),
        ["CreatePlanRefresh"] = ($$"""{"parent":"plans/fenland","planRefreshId":"december","planRefresh":{{Refresh}} }""", null),
        ["UpdatePlanRefresh"] = (
            """{"planRefresh":{"name":"plans/fenland/refreshes/december","displayName":"One less, in December"}}""", ProposeAsync),
        ["RecordDecision"] = ("""{"name":"plans/fenland/refreshes/december","decision":{"outcome":"OUTCOME_ENDORSED"}}""", ProposeAsync),
        ["WithdrawPlanRefresh"] = ("""{"name":"plans/fenland/refreshes/december","reason":"It was wrong."}""", ProposeAsync),
    };

    private static readonly MethodDescriptor[] Writes =
    [
        .. new[] { PlanServiceReflection.Descriptor, ActionServiceReflection.Descriptor, ProgressServiceReflection.Descriptor, GridServiceReflection.Descriptor, RefreshServiceReflection.Descriptor }
            .SelectMany(f => f.Services)
            .SelectMany(s => s.Methods)
            .Where(m => m.GetOptions().GetExtension(AnnotationsExtensions.Http).PatternCase != HttpRule.PatternOneofCase.Get),
    ];

    public static TheoryData<string> Names => [.. Writes.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_ValidateOnly_AnswersAndStoresNothing(string method)
    {
        await using var server = await StartAsync(method);
        var before = await PlansAsync(server);

        var answer = await CallAsync(server, method, "validate_only", true);

        Assert.NotEqual(0, answer.CalculateSize());
        Assert.Equal(before, await PlansAsync(server));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_SameRequestId_IsCarriedOutOnce(string method)
    {
        await using var server = await StartAsync(method);
        var before = await PlansAsync(server);

        var first = await CallAsync(server, method, "request_id", "6f1fd1a4-8a4a-4c55-9a3e-0a2a5a6f7b10");
        var after = await PlansAsync(server);
        var again = await CallAsync(server, method, "request_id", "6f1fd1a4-8a4a-4c55-9a3e-0a2a5a6f7b10");

        Assert.NotEqual(before, after);
        Assert.Equal(first, again);
        Assert.Equal(after, await PlansAsync(server));
    }

    [Theory]
    [InlineData("validate_only", true)]
    [InlineData("request_id", "6f1fd1a4-8a4a-4c55-9a3e-0a2a5a6f7b10")]
    public async Task ImportGrid_EditedOffline_AsEveryWrite(string field, object value)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var request = new ImportGridRequest
        {
            Parent = "plans/fenland",
            Period = "2018-10",
            Content = OfflineGrids.Edit(await OfflineGrids.ExportAsync(server, Format.Csv), Format.Csv, ("The new desk is staffed.", "It is open.")),
        };
        ImportGridRequest.Descriptor.FindFieldByName(field).Accessor.SetValue(request, value);
        var before = await PlansAsync(server);

        var first = await server.Grids.ImportGridAsync(request, cancellationToken: Deadline.Token);
        var after = await PlansAsync(server);

        Assert.Equal(1, first.Changed);
        Assert.Equal(field == "validate_only", before.Equals(after));
        // Carried out again it would change nothing any more.
        Assert.Equal(1, (await server.Grids.ImportGridAsync(request, cancellationToken: Deadline.Token)).Changed);
        Assert.Equal(after, await PlansAsync(server));
    }

    private static async Task<ActionsServer> StartAsync(string method)
    {
        // What is expunged is expunged from the directory, too.
        var server = await ActionsServer.StartWithPlanAsync(directory: method == "Expunge" ? new FakeDirectory() : null);
        if (Requests[method].Before is { } before)
            await before(server);
        return server;
    }

    // With their revisions: no write leaves them as they are.
    private static async Task<ListPlansResponse> PlansAsync(ActionsServer server) =>
        await server.Plans.ListPlansAsync(new ListPlansRequest(), cancellationToken: Deadline.Token);

    private static async Task<IMessage> CallAsync(ActionsServer server, string name, string field, object value)
    {
        var method = Writes.Single(m => m.Name == name);
        var request = JsonParser.Default.Parse(Requests[name].Request, method.InputType);
        method.InputType.FindFieldByName(field).Accessor.SetValue(request, value);
        object client = method.Service.Name switch
        {
            nameof(PlanService) => server.Plans,
            nameof(ActionService) => server.Actions,
            nameof(ProgressService) => server.Progress,
            nameof(GridService) => server.Grids,
            _ => server.Refreshes,
        };
        dynamic call = client.GetType().GetMethod($"{name}Async", [method.InputType.ClrType, typeof(CallOptions)])!
            .Invoke(client, [request, new CallOptions(cancellationToken: Deadline.Token)])!;
        return (IMessage)await call.ResponseAsync;
    }

    private static async Task ProposeAsync(ActionsServer server) => await server.Refreshes.CreatePlanRefreshAsync(
        new CreatePlanRefreshRequest { Parent = "plans/fenland", PlanRefreshId = "december", PlanRefresh = PlanRefresh.Parser.ParseJson(Refresh) },
        cancellationToken: Deadline.Token);

    private static string Base64(string text) => ByteString.CopyFromUtf8(text).ToBase64();
}
