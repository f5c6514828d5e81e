namespace PlanServices.Bench;

/// <summary>Importing a large grid.</summary>
internal static class ImportBench
{
    public static Task RunAsync() => Task.CompletedTask;
}
