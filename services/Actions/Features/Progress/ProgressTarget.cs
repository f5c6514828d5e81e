using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Progress;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Progress;

/// <summary>What a write to an update has to know, read in one statement.</summary>
/// <param name="Plan">The plan, of which only key, id and newest revision were read.</param>
/// <param name="Update">The update, or a new one that is not stored.</param>
/// <param name="Before">The update as it was read.</param>
/// <param name="LastReport">What the leaf last reported in an earlier period.</param>
/// <param name="HasDeliveryLead">Whether somebody delivers the leaf.</param>
internal sealed record ProgressTarget(
    PlanEntity Plan, ProgressUpdateEntity Update, ProgressUpdateEntity Before, LastReport? LastReport, bool HasDeliveryLead)
{
    private string _deliveryLeads = "[]";

    // The last report is that of the newest earlier period in which the leaf's update was submitted (2) or approved (4).
    private const string Sql = """
        SELECT p."Id", p."HeadRevision", a."Id", a."Leaf", a."State", a."DeliveryLeads", pe."Id", pe."State", b."Status", b."Narrative", u."Id", {columns}
        FROM "plans" p
        JOIN "plan_actions" a ON a."PlanId" = p."Id" AND a."Ref" = @p1
        JOIN "periods" pe ON pe."PlanId" = p."Id" AND pe."Slug" = @p2
        LEFT JOIN "progress_updates" u ON u."PlanActionId" = a."Id" AND u."PeriodId" = pe."Id"
        LEFT JOIN "periods" be ON be."PlanId" = p."Id" AND be."Slug" = (
            SELECT MAX(e."Slug") FROM "periods" e WHERE e."PlanId" = p."Id" AND e."Slug" < pe."Slug" AND EXISTS (
                SELECT 1 FROM "progress_updates" r WHERE r."PlanActionId" = a."Id" AND r."PeriodId" = e."Id" AND r."State" IN (2, 4)))
        LEFT JOIN "progress_updates" b ON b."PlanActionId" = a."Id" AND b."PeriodId" = be."Id"
        WHERE p."Slug" = @p0
        """;

    private const int Columns = 11;

    private static PreparedSql? _select;

    public bool Exists => Update.Id != 0;

    /// <summary>Reads the target of an update's name. NOT_FOUND names the plan, action or period that is not there.</summary>
    public static async Task<ProgressTarget> ReadAsync(ActionsContext db, string plan, string reference, string period, CancellationToken cancellationToken)
    {
        var rows = db.Rows<ProgressUpdateEntity>();
        var select = _select ??= new PreparedSql(Sql.Replace("{columns}", rows.Columns("u"), StringComparison.Ordinal));
        await using var reader = await select.Bind(db, plan, reference, period).ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            throw await NotThereAsync(db, plan, reference, period, cancellationToken);

        var planEntity = new PlanEntity
        {
            Id = reader.GetInt32(0),
            Slug = plan,
            DisplayName = "",
            StatusScheme = [],
            HeadRevision = reader.GetInt64(1),
        };
        var action = new PlanActionEntity
        {
            Id = reader.GetInt32(2),
            Ref = reference,
            SortKey = "",
            Leaf = reader.GetBoolean(3),
            State = (PlanAction.Types.State)reader.GetInt32(4),
        };
        var periodEntity = new PeriodEntity
        {
            Id = reader.GetInt32(6),
            Slug = period,
            DisplayName = "",
            State = (Period.Types.State)reader.GetInt32(7),
        };
        var last = reader.IsDBNull(8) ? null : new LastReport((ProgressUpdate.Types.Status)reader.GetInt32(8), reader.GetString(9));
        var update = reader.IsDBNull(10)
            ? new ProgressUpdateEntity { PlanActionId = action.Id, PeriodId = periodEntity.Id }
            : rows.Read(reader, Columns);
        update.PlanAction = action;
        update.Period = periodEntity;
        var leads = reader.GetString(5);
        return new ProgressTarget(planEntity, update, rows.Copy(update), last, leads != "[]") { _deliveryLeads = leads };
    }

    /// <summary>Who delivers the leaf; taken out of its row when it is asked for, which most writes do not.</summary>
    public IReadOnlyList<DeliveryLeadEntity> DeliveryLeads() => JsonColumn.Read<DeliveryLeadEntity>(_deliveryLeads);

    private static async Task<ApiException> NotThereAsync(
        ActionsContext db, string plan, string reference, string period, CancellationToken cancellationToken)
    {
        var planId = await db.PlanIdAsync(plan, cancellationToken);
        return await db.PlanActions.AnyAsync(a => a.PlanId == planId && a.Ref == reference, cancellationToken)
            ? ApiErrors.NotFound(ResourceName.Period.Of(plan, period))
            : await MissingAction.ErrorAsync(db, planId, reference, ResourceName.PlanAction.Of(plan, reference), cancellationToken);
    }
}
