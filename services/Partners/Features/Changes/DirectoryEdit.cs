using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Officers;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.Features.Reviews;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners.Features.Changes;

/// <summary>
/// One write to the directory: takes its next revision and appends to its change log what the write made of each entry. Nothing changes
/// the directory in any other way.
/// </summary>
internal sealed class DirectoryEdit(PartnersContext db, DirectoryState state, string caller, DateTime now)
{
    /// <summary>What the resources of reviews begin with in the change log.</summary>
    public const string Reviews = "policeAreas/";

    private readonly List<(string Resource, DirectoryChange Change)> _changes = [];

    public DateTime Now => now;

    public string Caller => caller;

    /// <summary>The revision that this write makes.</summary>
    public long Revision { get; } = state.Revision + 1;

    /// <summary>How many entries it changes.</summary>
    public int Changes => _changes.Count;

    public bool Any => _changes.Count > 0;

    public Partner Changed(PartnerEntity partner)
    {
        (partner.Revision, partner.UpdateTime) = (Revision, now);
        var message = partner.ToMessage();
        Log(message.Name, new DirectoryChange { Partner = message });
        return message;
    }

    public Officer Changed(OfficerEntity officer)
    {
        (officer.Revision, officer.UpdateTime) = (Revision, now);
        var message = officer.ToMessage();
        Log(message.Name, new DirectoryChange { Officer = message });
        return message;
    }

    public Relation Changed(RelationEntity relation)
    {
        (relation.Revision, relation.UpdateTime) = (Revision, now);
        var message = relation.ToMessage();
        Log(message.Name, new DirectoryChange { Relation = message });
        return message;
    }

    public LeadReview Changed(LeadReviewEntity review)
    {
        (review.Revision, review.UpdateTime, review.Caller) = (Revision, now, caller);
        var message = review.ToMessage();
        Log(ResourceOf(message.Area, review.Key), new DirectoryChange { LeadReview = message });
        return message;
    }

    /// <summary>A text was removed from the review list and its history.</summary>
    public void Expunged(Expunged removal) => Log("", new DirectoryChange { Expunged = removal });

    /// <summary>A review's resource in the change log.</summary>
    public static string ResourceOf(string area, string key) => $"{area} {key}";

    /// <summary>Stores the write and its log entries; nothing where nothing was changed.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (!Any)
            return;

        // Two writers of one revision cannot both commit: the revision is the row's concurrency token.
        state.Revision = Revision;
        await db.SaveChangesAsync(cancellationToken);
        var log = db.Rows<ChangeEntity>();
        for (var ordinal = 0; ordinal < _changes.Count; ordinal++)
        {
            var (resource, change) = _changes[ordinal];
            await log.InsertAsync(
                db, new ChangeEntity { Revision = Revision, Ordinal = ordinal, Resource = resource, Change = change.ToByteArray() }, cancellationToken);
        }
    }

    private void Log(string resource, DirectoryChange change)
    {
        change.Revision = Revision;
        change.ChangeTime = Timestamp.FromDateTime(now);
        change.Caller = caller;
        _changes.Add((resource, change));
    }
}
