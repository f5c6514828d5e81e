using PlanServices.Bench;

// Results are for people: a table for each bench, with ratios to a reference that ran in the same minutes on the same machine.
var benches = new Dictionary<string, Func<Task>>
{
    ["save"] = SaveBench.RunAsync,
    ["import"] = ImportBench.RunAsync,
    ["report"] = ReportBench.RunAsync,
    ["summary"] = SummaryBench.RunAsync,
    ["read"] = ReadBench.RunAsync,
    ["start"] = StartBench.RunAsync,
};
if (args is ["serve", var database])
{
    await ServerProcess.ServeAsync(database);
    return 0;
}

if (args is ["serve-reporting", var model, var catalogue])
{
    await ReportingServers.ServeAsync(model, catalogue);
    return 0;
}

if (args is ["serve-actions", var plans, .. var how])
{
    await ActionServers.ServeAsync(plans, access: !how.Contains("open"), kept: !how.Contains("unkept"));
    return 0;
}

if (args is ["serve-bare-actions", var messages])
{
    await ActionServers.ServeBareAsync(messages);
    return 0;
}

if (args is ["serve-bare", var answer])
{
    await ReportingServers.ServeBareAsync(answer);
    return 0;
}

var wanted = args.Length == 0 ? [.. benches.Keys] : args;
if (wanted.FirstOrDefault(name => !benches.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no bench '{unknown}': {string.Join(", ", benches.Keys)}.");
    return 1;
}

foreach (var name in wanted)
    await benches[name]();
return 0;
