using System.Globalization;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Partners.Features.Changes;

/// <summary>Reads what an entry was, newest revision first. The change log is the history: nothing else keeps one.</summary>
internal sealed class DirectoryHistory(IDbContextFactory<PartnersContext> contexts)
{
    public async Task<ListDirectoryRevisionsResponse> ReadAsync(ListDirectoryRevisionsRequest request, CancellationToken cancellationToken)
    {
        if (ResourceName.Partner.TryParse(request.Name) is null && ResourceName.Officer.TryParse(request.Name) is null)
            ResourceName.Relation.Parse(request.Name, "name");

        var page = Page.Of(request.PageSize, request.PageToken, nameof(PartnerService.PartnerServiceBase.ListDirectoryRevisions), request.Name);
        var before = page.After.Length == 0 ? long.MaxValue : long.Parse(page.After, CultureInfo.InvariantCulture);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await db.Changes.AsNoTracking()
            .Where(c => c.Resource == request.Name && c.Revision < before)
            .OrderByDescending(c => c.Revision)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        if (entries.Count == 0 && page.After.Length == 0)
            throw ApiErrors.NotFound(request.Name);

        var changes = entries.ConvertAll(e => DirectoryChange.Parser.ParseFrom(e.Change));
        // A revision tells the entry as it was, and of the fields that changed what stood there before and after.
        var (sent, next) = page.Cut(changes, c => c.Revision.ToString(CultureInfo.InvariantCulture), c => 3 * c.CalculateSize());
        return new ListDirectoryRevisionsResponse
        {
            Revisions = { sent.Select((change, i) => ToRevision(change, i + 1 < changes.Count ? changes[i + 1] : null)) },
            NextPageToken = next,
        };
    }

    private static DirectoryRevision ToRevision(DirectoryChange change, DirectoryChange? before)
    {
        var revision = new DirectoryRevision
        {
            Revision = change.Revision,
            ChangeTime = change.ChangeTime,
            Caller = change.Caller,
            Changes =
            {
                FieldChanges.Between(before is null ? null : EntryOf(before), EntryOf(change))
                    .Select(d => new FieldChange { Field = d.Field, Before = d.Before, After = d.After }),
            },
        };
        switch (change.EntryCase)
        {
            case DirectoryChange.EntryOneofCase.Partner:
                revision.Partner = change.Partner;
                break;
            case DirectoryChange.EntryOneofCase.Officer:
                revision.Officer = change.Officer;
                break;
            default:
                revision.Relation = change.Relation;
                break;
        }

        return revision;
    }

    private static IMessage EntryOf(DirectoryChange change) => (IMessage?)change.Partner ?? (IMessage?)change.Officer ?? change.Relation;
}
