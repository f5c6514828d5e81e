using System.Globalization;
using CsvHelper;
using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

/// <summary>The services as the AppHost starts them: each a process, found by the variables that it injects.</summary>
public class SeparateProcessesTests
{
    [Fact]
    public async Task Report_FourProcesses_ImportedPlanComesOutWithItsPartners()
    {
        using var folder = new TemporaryFolder();
        var (partnersAt, actionsAt, reportingAt, dashboardAt) =
            (ServicePorts.Take(), ServicePorts.Take(), ServicePorts.Take(), ServicePorts.Take());
        var partnersFound = Found("partners", partnersAt);
        var actionsFound = Found("actions", actionsAt);
        var reportingFound = Found("reporting", reportingAt);
        await using var partners = await ServiceProcess.StartAsync("Partners", partnersAt, partnersAt.Http, [Data("partners"), .. partnersFound]);
        await using var actions = await ServiceProcess.StartAsync("Actions", actionsAt, partnersAt.Http, [Data("actions"), .. partnersFound]);
        await using var reporting = await ServiceProcess.StartAsync(
            "Reporting", reportingAt, partnersAt.Http, [Data("reporting"), Data("publications"), .. actionsFound, .. partnersFound]);
        await using var dashboard = await ServiceProcess.StartAsync(
            "Dashboard", dashboardAt, partnersAt.Http, [.. reportingFound, .. actionsFound, .. partnersFound]);

        var imported = await new GridService.GridServiceClient(actions.Channel).ImportGridAsync(
            new ImportGridRequest
            {
                Parent = "plans/fenland",
                Period = "2018-10",
                Format = ImportGridRequest.Types.Format.Csv,
                Content = ByteString.CopyFrom(await File.ReadAllBytesAsync(
                    Path.Combine(Repository.Root, "plans", "sample", "2018-10.csv"), Deadline.Token)),
                CreateMissing = true,
            },
            cancellationToken: Deadline.Token);
        Assert.NotEqual(0, imported.Created);

        // Actions asked Partners: leads are linked to the directory, with the import or soon after.
        await LinkedAsync(new ActionService.ActionServiceClient(actions.Channel));

        // Reporting followed Actions, over its own port.
        var report = await ReportAsync(reporting.Http);
        using var rows = new CsvReader(new StringReader(report), CultureInfo.InvariantCulture);
        Assert.Equal(imported.Created, rows.GetRecords<dynamic>().Count());

        // The pages asked both.
        Assert.Contains("fenland", await dashboard.Http.GetStringAsync("/", Deadline.Token), StringComparison.OrdinalIgnoreCase);

        (string, string) Data(string name) => ($"ConnectionStrings__{name}", $"Data Source={Path.Combine(folder.Path, $"{name}.db")}");
    }

    private static (string, string)[] Found(string name, ServicePorts ports) =>
        [($"services__{name}__http__0", ports.Http.AbsoluteUri), ($"services__{name}__grpc__0", ports.Grpc.AbsoluteUri)];

    private static async Task LinkedAsync(ActionService.ActionServiceClient actions)
    {
        var deadline = Deadline.Token;
        ListPlanActionsResponse listed;
        do
        {
            listed = await actions.ListPlanActionsAsync(
                new ListPlanActionsRequest { Parent = "plans/fenland", PageSize = 1000 }, cancellationToken: deadline);
        }
        while (!listed.PlanActions.Any(a => a.DeliveryLeads.Any(l => l.Partner.StartsWith("partners/", StringComparison.Ordinal))));
    }

    // The follower needs a moment; until then the period is not there.
    private static async Task<string> ReportAsync(HttpClient reporting)
    {
        var deadline = Deadline.Token;
        while (true)
        {
            using var answer = await reporting.GetAsync("/v1/plans/fenland/periods/2018-10:renderReport?format=FORMAT_CSV", deadline);
            if (answer.IsSuccessStatusCode)
                return await answer.Content.ReadAsStringAsync(deadline);

            await Task.Yield();
        }
    }
}
