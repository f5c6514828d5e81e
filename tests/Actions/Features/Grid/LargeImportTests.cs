using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid;

/// <summary>Grids that are merged in several parts: what belongs together may stand far apart.</summary>
public class LargeImportTests
{
    private const int Rows = 1200;

    // The sub-actions of V1 and O1 stand around many rows; O1 reports itself, too.
    private static readonly string Csv = Grids.Header
        + "Victims,V1.1,Answer calls sooner,NP,Constabulary,The desk is staffed.,Green,,Improved,\n"
        + "Offenders,O1,Steer offenders away,NP,Constabulary,A scheme was begun.,Green,,Improved,\n"
        + Grids.OfRows(Rows)[Grids.Header.Length..]
        + "Victims,V1.2,,NP,Constabulary,See also C1200.,Green,,Improved,\n"
        + "Offenders,O1.1,Find them work,NP,Constabulary,Ten have work.,Green,,Improved,\n";

    [Fact]
    public async Task ImportGrid_FamilyFarApart_IsOneRevisionWithParentsFirst()
    {
        await using var server = await ActionsServer.StartAsync();

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Csv);

        Assert.Equal((Rows + 4, Rows + 5, Rows + 4), (answer.Created, answer.CreatedActions, answer.TotalRows));
        await using var db = await server.Host.Services.GetRequiredService<IDbContextFactory<ActionsContext>>().CreateDbContextAsync(Deadline.Token);
        var log = await db.Changes.AsNoTracking().OrderBy(c => c.Ordinal).ToListAsync(Deadline.Token);
        Assert.Equal(Enumerable.Range(0, log.Count), log.Select(c => c.Ordinal));
        Assert.All(log, c => Assert.Equal(answer.Revision, c.Revision));
        HashSet<string> seen = [];
        foreach (var entry in log.Select(c => Change.Parser.ParseFrom(c.Change)))
        {
            Assert.True(entry.PlanAction is null || entry.PlanAction.ParentAction.Length == 0 || seen.Contains(entry.PlanAction.ParentAction));
            Assert.True(entry.ProgressUpdate is null || seen.Contains(entry.ProgressUpdate.Name[..entry.ProgressUpdate.Name.IndexOf("/updates/", StringComparison.Ordinal)]));
            seen.Add(entry.PlanAction?.Name ?? entry.ProgressUpdate?.Name ?? entry.Theme?.Name ?? entry.Period?.Name ?? entry.Plan.Name);
        }

        // Each resource once: the plan, its period, themes, actions and updates.
        Assert.Equal(1 + 1 + 3 + (Rows + 5) + (Rows + 4), log.Count);
        Assert.Equal(log.Count, seen.Count);
    }

    [Fact]
    public async Task ImportGrid_LargeGridAgain_ChangesNothingButWhatReadsDifferently()
    {
        await using var server = await ActionsServer.StartAsync();
        // Without the row of O1 itself: once it has sub-actions, no row may report on it.
        var csv = string.Join('\n', Csv.Split('\n').Where(l => !l.StartsWith("Offenders,O1,", StringComparison.Ordinal)));
        var first = await server.ImportCsvAsync("fenland", "2018-10", csv);

        var again = await server.ImportCsvAsync("fenland", "2018-10", csv);
        var changed = await server.ImportCsvAsync(
            "fenland", "2018-10", csv.Replace("Beat 1100 was walked.", "Beat 1100 was walked twice.", StringComparison.Ordinal));

        Assert.Equal((0, 0, Rows + 3, first.Revision), (again.Created, again.Changed, again.Unchanged, again.Revision));
        Assert.Equal((0, 1, Rows + 2, first.Revision + 1), (changed.Created, changed.Changed, changed.Unchanged, changed.Revision));
    }

    [Fact]
    public async Task ImportGrid_ManyDiagnostics_ListsThemInPagesInTheGridsOrder()
    {
        await using var server = await ActionsServer.StartAsync();
        // Each row lacks a lead, and the last one its ref, too.
        var csv = Grids.OfRows(Rows).Replace(",Constabulary,", ",,", StringComparison.Ordinal) + "Communities,?,Walk on,NP,,Walked.,Green,,No change,\n";
        var first = await server.ImportCsvAsync("fenland", "2018-10", csv, r => r.ValidateOnly = true);

        var second = await server.ImportCsvAsync("fenland", "2018-10", csv, r => (r.ValidateOnly, r.PageToken) = (true, first.NextPageToken));

        Assert.Equal((1000, first.TotalDiagnostics), (first.Diagnostics.Count, second.TotalDiagnostics));
        GridDiagnostic[] all = [.. first.Diagnostics, .. second.Diagnostics];
        Assert.Equal(first.TotalDiagnostics, all.Length);
        var found = all.Where(d => d.Row > 0).ToArray();
        Assert.Equal(found.Select(d => d.Row).Order(), found.Select(d => d.Row));
        Assert.Equal(Rows + 1, found.Count(d => d.Code == "LEAD_MISSING" && d.Ref == $"C{d.Row - 1}"));
        Assert.Contains(second.Diagnostics, d => d.Code.StartsWith("REF_", StringComparison.Ordinal));
    }
}
