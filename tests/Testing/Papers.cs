using Xunit;

namespace PlanServices.Testing;

/// <summary>The real papers, which stand beside the repository and not in it.</summary>
public static class Papers
{
    /// <summary>The progress grid of October 2018; the test is skipped where it is not there.</summary>
    public static string October2018 => Find("000_06376a7a54e68549.txt");

    /// <summary>The board paper of December 2014; the test is skipped where it is not there.</summary>
    public static string December2014 => Find("004_245d1449b4a0effd.txt");

    private static string Find(string file)
    {
        var paper = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "seeds", file));
        if (File.Exists(paper))
            return paper;

        Assert.Skip($"The real paper {file} is not in ../shared/seeds beside the repository.");
        return "";
    }
}
