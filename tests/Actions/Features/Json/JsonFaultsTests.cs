using System.Net;
using System.Text;
using System.Text.Json;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Json;

/// <summary>What the JSON face says of requests that it cannot read.</summary>
public class JsonFaultsTests
{
    private const string Save = "/v1/plans/fenland/actions/V1/updates/2018-10";
    private const string Import = "/v1/plans/fenland:importGrid";

    public static TheoryData<string, string, string, string, string> Unreadable => new()
    {
        { "PATCH", Save, "{\"narrative\": \"x", "progress_update", "no JSON from line 1" },
        { "PATCH", Save, "", "progress_update", "empty" },
        { "PATCH", Save, "[]", "progress_update", "JSON object" },
        { "PATCH", Save, "{\"status\": \"PURPLE\"}", "progress_update.status", "STATUS_RED" },
        { "PATCH", Save, "{\"statusReason\": 5}", "progress_update.status_reason", "JSON string" },
        { "PATCH", Save, "{\"narrative\": \"a\\ud800b\"}", "progress_update.narrative", "half of a character" },
        { "PATCH", Save, "{\"evidenceLinks\": \"x\"}", "progress_update.evidence_links", "JSON array" },
        { "PATCH", Save, "{\"evidenceLinks\": [\"x\", {}]}", "progress_update.evidence_links[1]", "JSON string" },
        { "PATCH", $"{Save}?validateOnly=maybe", "{}", "validate_only", "true or false" },
        { "POST", Import, "{\"period\": \"2018-10\", \"content\": \"abcde\"}", "content", "Base64" },
        { "POST", Import, "{\"period\": {\"a\": 1}}", "period", "JSON string" },
        { "POST", Import, "{\"pageSize\": 1.5}", "page_size", "whole number" },
        { "POST", Import, "{\"content\": \"QUJD", "body", "no JSON" },
        { "POST", "/v1/plans/fenland/periods?periodId=2019-01", "{\"dueDate\": {\"year\": \"soon\"}}", "period.due_date.year", "whole number" },
        { "PATCH", Save, "{\"narative\": \"x\"}", "progress_update.narative", "did you mean narrative?" },
        { "PATCH", Save, "{\"reason\": \"x\"}", "progress_update.reason", "did you mean statusReason or returnReason?" },
        { "PATCH", Save, "{\"withheld\": [{\"feild\": \"x\"}]}", "progress_update.withheld[0].feild", "did you mean field?" },
        { "PATCH", Save, "{\"progressUpdate\": {}}", "progress_update.progressUpdate", "there are name, narrative" },
        { "PATCH", $"{Save}?validate=true", "{}", "validate", "no such field" },
        { "PATCH", $"{Save}?progressUpdate.narrative=x", "{}", "progress_update.narrative", "from the body" },
        { "POST", $"{Import}?validateOnly=true", "{\"period\": \"2018-10\"}", "validate_only", "from the body" },
        { "GET", "/v1/plans/fenland/actions?pagesize=abc", "", "pagesize", "did you mean pageSize?" },
        { "GET", "/v1/plans/fenland/actions?parent=plans/other", "", "parent", "in the path" },
        { "GET", "/v1/plans/fenland:watchChanges?resumetoken=abc", "", "resumetoken", "did you mean resumeToken?" },
        { "GET", "/v1/plans/fenland/actions?pageSize=abc", "", "page_size", "whole number" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Call_RequestThatCannotBeRead_NamesFieldAndReason(string method, string path, string body, string field, string says)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var status = await RefusedAsync(server, method, path, body);

        Assert.Equal(3, status.GetProperty("code").GetInt32());
        var details = status.GetProperty("details");
        Assert.Equal("ERROR_REASON_INVALID_FIELD", details[0].GetProperty("reason").GetString());
        Assert.Equal("planservices.actions.v1", details[0].GetProperty("domain").GetString());
        var fault = details[1].GetProperty("fieldViolations")[0];
        Assert.Equal(field, fault.GetProperty("field").GetString());
        Assert.Contains(says, fault.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PlanServices.Actions.V1", status.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_BodyThatIsTooLongToLookInto_StillHasAReason()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var status = await RefusedAsync(server, "POST", Import, $"{{\"content\": \"{new string('A', 3 << 20)}");

        Assert.Equal("ERROR_REASON_INVALID_FIELD", status.GetProperty("details")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Call_ServiceRefusesIt_AnswerIsTheServices()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var status = await RefusedAsync(server, "PATCH", $"{Save}?updateMask=state", "{\"narrative\": \"x\"}");

        Assert.Contains("'state' cannot be changed", status.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> RefusedAsync(ActionsServer server, string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method != "GET")
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Host.Http.SendAsync(request, Deadline.Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Deadline.Token));
        return document.RootElement.Clone();
    }
}
