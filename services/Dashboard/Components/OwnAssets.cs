namespace PlanServices.Dashboard.Components;

/// <summary>Where the pages' own files are: at the root where the pages are a process of their own, below a path where another hosts them.</summary>
internal sealed class OwnAssets(IHostEnvironment environment)
{
    private static readonly string Name = typeof(OwnAssets).Assembly.GetName().Name!;

    private readonly string _path = environment.ApplicationName == Name ? "" : $"_content/{Name}/";

    /// <summary>The address of a file, from the root: <c>dashboard.css</c>.</summary>
    public string At(string file) => _path + file;
}
