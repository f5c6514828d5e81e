using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

public class CrashTests
{
    private const int Rows = 5000;

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(900)]
    [InlineData(1800)]
    public async Task ImportGrid_KilledInTheMiddle_AllOfItOrNothing(int millisecondsIntoTheImport)
    {
        using var folder = new TemporaryFolder();
        var acknowledged = false;
        await using (var server = await StandaloneProcess.StartAsync(folder.Path))
        {
            var import = ImportAsync(server);
            using var due = new CancellationTokenSource(millisecondsIntoTheImport);
            var moment = new TaskCompletionSource();
            await using var _ = due.Token.Register(moment.SetResult);
            await Task.WhenAny(import, moment.Task.WaitAsync(Deadline.Token));
            acknowledged = import.IsCompletedSuccessfully;
            await server.Kill();
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await import;
                throw new OperationCanceledException("It was acknowledged before the kill.");
            });
        }

        await using var again = await StandaloneProcess.StartAsync(folder.Path);
        var stored = await CountAsync(again);
        Assert.True(stored == Rows || (stored == 0 && !acknowledged), $"{stored} rows, acknowledged: {acknowledged}");
        Assert.Equal(stored == 0 ? (Rows, 0) : (0, Rows), await ImportedAsync(again));
        Assert.Equal(Rows, await CountAsync(again));
    }

    private static async Task<(int Created, int Unchanged)> ImportedAsync(StandaloneProcess server)
    {
        var answer = await ImportAsync(server);
        return (answer.Created, answer.Unchanged);
    }

    private static Task<ImportGridResponse> ImportAsync(StandaloneProcess server) => FenlandPlan.ImportAsync(server.Channel, Rows);

    private static async Task<int> CountAsync(StandaloneProcess server)
    {
        var client = new ProgressService.ProgressServiceClient(server.Channel);
        var request = new ListProgressUpdatesRequest { Parent = "plans/fenland/actions/-", PageSize = 1000 };
        var count = 0;
        try
        {
            do
            {
                var page = await client.ListProgressUpdatesAsync(request, cancellationToken: Deadline.Token);
                count += page.ProgressUpdates.Count;
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return 0;
        }

        return count;
    }
}
