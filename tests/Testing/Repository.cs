namespace PlanServices.Testing;

/// <summary>The repository that the tests were built in.</summary>
public static class Repository
{
    /// <summary>The folder of <c>PlanServices.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>What a file of the repository says.</summary>
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PlanServices.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No PlanServices.sln above {AppContext.BaseDirectory}.");
    }
}
