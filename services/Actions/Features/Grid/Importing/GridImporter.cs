using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Editing;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Imports a grid: reads it in the light of what the plan holds, asks the directory who its leads are, and merges it into the plan
/// in one write.
/// </summary>
internal sealed class GridImporter(
    IDbContextFactory<ActionsContext> contexts,
    SingleWriter<ActionsContext> writer,
    PlanWriter plans,
    LeadDirectory directory,
    UpdateGate gate,
    TimeProvider time)
{
    private const int MostReadings = 5;

    public async Task<ImportGridResponse> ImportAsync(ImportGridRequest request, UpdateSender sender, CancellationToken cancellationToken)
    {
        var slug = ResourceName.CheckId(ResourceName.Plan.Parse(request.Parent, "parent")[0], "parent");
        ResourceName.CheckPeriodId(request.Period, "period");
        var file = FileName(request.FileName);
        var page = ImportAnswer.PageOf(request);
        var grid = new GridFile(request.Content, request.Format);
        if (grid.Edited() is { } sheet)
        {
            // The answer tells how the plan stands.
            if (!sender.MaySendAny && !sender.MayRead)
                throw Lacks(Scopes.PlanRead, "A grid that was exported here");
            return await MergeEditedAsync(request, slug, file, sheet, page, sender, cancellationToken);
        }

        if (!sender.MaySendAny)
            throw Lacks(Scopes.PlanWrite, "A grid that was not exported here");

        for (var readings = 1; ; readings++)
        {
            var (context, head) = await ContextAsync(slug, cancellationToken);
            var reading = grid.Read(context, new ImportAnswer(page).Reach);
            var leads = await directory.ResolveAsync(slug, reading.Leads, collect: !request.ValidateOnly, cancellationToken);
            var read = new ImportReading(context, reading, leads);
            var now = time.GetUtcNow().UtcDateTime;
            try
            {
                return await writer.WriteAsync(
                    (db, token) => RequestIds.OnceAsync(db, request.RequestId, "ImportGrid", request, now, Write, token), cancellationToken);
            }
            catch (PlanMovedException) when (readings < MostReadings)
            {
                continue;
            }
            catch (PlanMovedException e)
            {
                throw ApiErrors.Unavailable($"The themes and actions of {request.Parent} are being changed all the time; import again.", e);
            }

            async Task<Written<ImportGridResponse>> Write(ActionsContext db)
            {
                var plan = await db.PresentPlans.SingleOrDefaultAsync(p => p.Slug == slug, cancellationToken);
                if ((plan?.HeadRevision ?? 0) != head && !(await ContextAsync(db, plan, cancellationToken)).IsSameAs(context))
                    throw new PlanMovedException();

                var isNew = plan is null;
                if (plan is null)
                {
                    if (!request.CreateMissing)
                        throw ApiErrors.NotFound(request.Parent);

                    plan = await PlanWrites.MakeAsync(db, slug, DisplayNameOf(slug), now, cancellationToken);
                }

                var source = new ChangeSource
                {
                    Kind = grid.Format == Format.TextGrid ? ChangeSource.Types.Kind.Paper : ChangeSource.Types.Kind.Spreadsheet,
                    File = file,
                };
                var edit = new PlanEdit(db, plan, new Origin(sender.Name, now, source));
                if (isNew)
                    edit.PlanChanged();

                var answer = await GridMerge.ApplyAsync(db, edit, request, file, page, read, cancellationToken);
                return new Written<ImportGridResponse>(answer, Keep: edit.Any && !request.ValidateOnly);
            }
        }
    }

    private async Task<(GridContext Context, long Head)> ContextAsync(string slug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginReadAsync(cancellationToken);
        var plan = await db.PresentPlans.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, cancellationToken);
        return (await ContextAsync(db, plan, cancellationToken), plan?.HeadRevision ?? 0);
    }

    private static async Task<GridContext> ContextAsync(ActionsContext db, PlanEntity? plan, CancellationToken cancellationToken)
    {
        if (plan is null)
            return new GridContext([], [], StatusSchemes.Labels(StatusSchemes.Usual()));

        var themes = await db.Themes.Where(t => t.PlanId == plan.Id).OrderBy(t => t.Position)
            .Select(t => new KnownTheme(t.Slug, t.DisplayName, t.RefPrefix)).ToListAsync(cancellationToken);
        var actions = await db.PlanActions.Where(a => a.PlanId == plan.Id).OrderBy(a => a.SortKey)
            .Select(a => new KnownAction(a.Ref, a.Parent!.Ref, a.State == PlanAction.Types.State.Retired)).ToListAsync(cancellationToken);
        return new GridContext(themes, actions, StatusSchemes.Labels(StatusScheme.Parser.ParseFrom(plan.StatusScheme)));
    }

    // A grid that was exported here and edited is compared row by row, by its etags.
    private Task<ImportGridResponse> MergeEditedAsync(
        ImportGridRequest request, string slug, string file, EditedSheet sheet, Page page, UpdateSender sender, CancellationToken cancellationToken)
    {
        var source = new ChangeSource { Kind = ChangeSource.Types.Kind.Spreadsheet, File = file, Edited = true };
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, sender.Name);
        call = call with { Origin = call.Origin with { Source = source } };
        return plans.WriteAsync(call, slug, async (db, edit, token) =>
        {
            var listed = new ImportAnswer(page);
            var rights = new EditedRights(gate, sender, slug, request.Period);
            var (answer, diagnostics) = await EditedMerge.ApplyAsync(db, edit, request.Period, sheet, rights, listed, token);
            answer.Revision = edit.Head;
            return listed.Finish(answer, diagnostics.Count, diagnostics);
        }, cancellationToken);
    }

    private static ApiException Lacks(string scope, string grid) =>
        ApiErrors.PermissionDenied($"{grid} takes the scope {scope}, which the access token lacks.").With("scope", scope);

    private static string FileName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return last.Length <= 255 ? last : throw ApiErrors.InvalidField("file_name", "It is over 255 characters.");
    }

    // "cambridgeshire-2017" → "Cambridgeshire 2017": until somebody gives the plan its name.
    private static string DisplayNameOf(string slug) => string.Join(' ', slug
        .Split('-', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>What the grid was read in the light of has changed since: it is read again.</summary>
    private sealed class PlanMovedException : Exception;
}
