using System.Text.RegularExpressions;
using PlanServices.Partners.Features.Leads;
using PlanServices.ServiceDefaults.Text;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Leads;

/// <summary>The lead cells of the real paper, which is not in the repository.</summary>
public partial class RealPaperTests
{
    private const int Longest = 150;

    [Fact]
    public async Task ResolveCell_EveryLeadOfTheRealPaper_IsFound()
    {
        var lines = await File.ReadAllLinesAsync(Papers.October2018, TestContext.Current.CancellationToken);
        var cells = lines.Select(l => l.Split('\t')).Where(c => c.Length >= 6).Select(LeadCellOf).OfType<string>().ToArray();
        var resolver = new LeadResolver(Reference.Index);
        var leads = cells.SelectMany(resolver.ResolveCell).ToArray();

        Assert.InRange(cells.Length, 40, 44);
        Assert.Empty(leads.Where(l => l.Found is null).Select(l => l.Text));
        Assert.Equal(12, leads.Select(l => l.Found!.Partner.Name).Distinct().Count());
    }

    // The cell behind the initials; where those are missing, the last one before the narrative that is no ref.
    private static string? LeadCellOf(string[] cells)
    {
        if (cells.Any(c => c.Contains("Priority Actions", StringComparison.OrdinalIgnoreCase)))
            return null;

        var initials = Array.FindIndex(cells, 2, c => Initials().IsMatch(LookAlikes.Fold(c)));
        if (initials >= 0 && initials + 1 < cells.Length)
            return Initials().IsMatch(LookAlikes.Fold(cells[initials + 1])) ? null : cells[initials + 1];

        var narrative = Array.FindIndex(cells, 3, c => c.Length > Longest);
        return cells[..Math.Max(narrative, 0)].LastOrDefault(c => c.Any(char.IsLetter) && !Ref().IsMatch(LookAlikes.Fold(c).Trim()));
    }

    [GeneratedRegex("^[A-Za-z]{2}( ?/ ?[A-Z]{2})?$")]
    private static partial Regex Initials();

    [GeneratedRegex("^.{0,2}[0-9]+(\\.[0-9]+)*\\.?$")]
    private static partial Regex Ref();
}
