using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners.Data;

/// <summary>
/// Merges the reference data into the directory before the host serves: makes the entries that it never had, and brings the others up to
/// the release field by field, but for the fields that users changed. It is one transaction and one revision.
/// </summary>
internal sealed partial class DirectoryLoad(
    IDbContextFactory<PartnersContext> contexts, TimeProvider time, ILogger<DirectoryLoad> logger) : IHostedLifecycleService
{
    private static readonly PreparedSql ReadKnown = new("""SELECT e."Name", e."Message" FROM "reference_entries" e""");

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var (partners, relations) = (ReferenceData.Partners(), ReferenceData.Relations());
        await using var db = await contexts.OpenAsync(cancellationToken);
        if (await IsLoadedAsync(db, [.. partners, .. relations], cancellationToken))
            return;

        await using var transaction = await db.Database.BeginWriteAsync(cancellationToken);
        var edit = new DirectoryEdit(db, await db.DirectoryStates.SingleAsync(cancellationToken), Caller.Service, time.GetUtcNow().UtcDateTime);
        var known = await db.ReferenceEntries.ToDictionaryAsync(r => r.Name, cancellationToken);
        await MergePartnersAsync(db, edit, known, partners, cancellationToken);
        await MergeRelationsAsync(db, edit, known, relations, cancellationToken);
        await edit.SaveAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (edit.Any)
            Log.Merged(logger, edit.Changes, edit.Revision);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // At most starts the release has nothing to say that it did not say at the last one.
    private static async Task<bool> IsLoadedAsync(PartnersContext db, IReadOnlyList<IMessage> entries, CancellationToken cancellationToken)
    {
        Dictionary<string, byte[]> known = [];
        await using var reader = await ReadKnown.Bind(db).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            known.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));

        return entries.All(entry => known.TryGetValue(NameOf(entry), out var last) && last.AsSpan().SequenceEqual(entry.ToByteArray()));
    }

    private static string NameOf(IMessage entry) => entry is Partner partner ? partner.Name : ((Relation)entry).Name;

    private static async Task MergePartnersAsync(
        PartnersContext db,
        DirectoryEdit edit,
        Dictionary<string, ReferenceEntity> known,
        IReadOnlyList<Partner> partners,
        CancellationToken cancellationToken)
    {
        var stored = await db.Partners.ToDictionaryAsync(p => p.PartnerId, cancellationToken);
        foreach (var partner in partners)
        {
            var id = ResourceName.Partner.TryParse(partner.Name)![0];
            var last = Remember(db, known, partner.Name, partner);
            if (stored.TryGetValue(id, out var entity))
            {
                var before = entity.ToMessage();
                var merged = Merge(before, last is null ? null : Partner.Parser.ParseFrom(last), partner, PartnerFields.Changeable);
                if (merged.Equals(before))
                    continue;

                entity.Write(merged);
            }
            else if (last is null)
            {
                entity = new PartnerEntity { PartnerId = id, DisplayName = partner.DisplayName, CreateTime = edit.Now };
                entity.Write(partner);
                db.Add(entity);
            }
            else
            {
                // It was there, and somebody took it out.
                continue;
            }

            edit.Changed(entity);
        }
    }

    // Relations that the directory has are the users' to end; new ones are added where users have not said the like, or the contrary.
    private async Task MergeRelationsAsync(
        PartnersContext db,
        DirectoryEdit edit,
        Dictionary<string, ReferenceEntity> known,
        IReadOnlyList<Relation> relations,
        CancellationToken cancellationToken)
    {
        var stored = await db.Relations.ToListAsync(cancellationToken);
        foreach (var relation in relations)
        {
            if (Remember(db, known, relation.Name, relation) is not null)
                continue;

            var entity = relation.ToEntity(ResourceName.Relation.TryParse(relation.Name)![0], edit.Now);
            if (stored.Exists(r => r.RelationId == entity.RelationId)
                || RelationRules.Duplicate(entity, stored) is not null
                || RelationRules.Cycle(entity, stored) is not null)
            {
                Log.LeftOut(logger, relation.Name);
                continue;
            }

            db.Add(entity);
            stored.Add(entity);
            edit.Changed(entity);
        }
    }

    // Keeps what the release says of an entry; returns what the release before said of it, null where none did.
    private static byte[]? Remember(PartnersContext db, Dictionary<string, ReferenceEntity> known, string name, IMessage message)
    {
        if (known.TryGetValue(name, out var entry))
        {
            var last = entry.Message;
            entry.Message = message.ToByteArray();
            return last;
        }

        db.Add(new ReferenceEntity { Name = name, Message = message.ToByteArray() });
        return null;
    }

    // Takes a field from the release where it stands as the last release had it, or where nothing stands.
    private static TMessage Merge<TMessage>(TMessage present, TMessage? last, TMessage latest, FieldSet<TMessage> fields)
        where TMessage : IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        var merged = present.Clone();
        fields.Merge(merged, latest, fields.Same(present, last ?? new TMessage()));
        return merged;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Merged {Entries} entries of the reference data into the directory, revision {Revision}")]
        public static partial void Merged(ILogger logger, int entries, long revision);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The directory's users say otherwise than {Relation} of the reference data; it is left out")]
        public static partial void LeftOut(ILogger logger, string relation);
    }
}
