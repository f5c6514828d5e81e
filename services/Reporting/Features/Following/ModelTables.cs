using Google.Protobuf;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Model;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Features.Following;

/// <summary>Writes the rows of the read model, by statements that are prepared once.</summary>
internal static class ModelTables
{
    private static readonly PreparedSql ChangeUpdate = new("UPDATE updates SET Fact = @p0, Message = @p1 WHERE Id = @p2");
    private static readonly PreparedSql DeleteUpdate = new("DELETE FROM updates WHERE Id = @p0");
    private static readonly PreparedSql DeleteUpdates = new("DELETE FROM updates WHERE Id >= @p0 AND Id < @p1");
    private static readonly PreparedSql ChangeResource = new("UPDATE resources SET Message = @p0 WHERE Name = @p1");
    private static readonly PreparedSql DeleteResources = new("DELETE FROM resources WHERE PlanId = @p0");
    private static readonly PreparedSql ChangePlan = new("UPDATE plans SET Revision = @p0, ChangeTime = @p1 WHERE Id = @p2");
    private static readonly PreparedSql Position = new("SELECT ResumeToken FROM follower_position");
    private static readonly PreparedSql ChangePosition = new("UPDATE follower_position SET ResumeToken = @p0");

    /// <summary>Stores an update.</summary>
    /// <param name="db">The context, in a transaction.</param>
    /// <param name="id">Its key.</param>
    /// <param name="fact">Its fact.</param>
    /// <param name="update">The update.</param>
    /// <param name="isNew">True where it cannot be there yet.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async ValueTask StoreUpdateAsync(
        this ReportingContext db, long id, Fact fact, IMessage update, bool isNew, CancellationToken cancellationToken)
    {
        var message = update.ToByteArray();
        if (isNew || await RunAsync(db, ChangeUpdate, [(int)fact.Bits, message, id], cancellationToken) == 0)
            await db.Rows<FollowedUpdate>().InsertAsync(db, new FollowedUpdate { Id = id, Fact = fact.Bits, Message = message }, cancellationToken);
    }

    public static async ValueTask DeleteUpdateAsync(this ReportingContext db, long id, CancellationToken cancellationToken) =>
        await RunAsync(db, DeleteUpdate, [id], cancellationToken);

    /// <summary>Removes all that belongs to a plan, its row excepted.</summary>
    public static async ValueTask DeletePlanAsync(this ReportingContext db, PlanModel plan, CancellationToken cancellationToken)
    {
        foreach (var period in plan.Periods)
        {
            await RunAsync(
                db, DeleteUpdates, [FollowedUpdate.Key(period.Key, 0), FollowedUpdate.Key(period.Key + 1, 0)], cancellationToken);
        }

        await RunAsync(db, DeleteResources, [plan.Key], cancellationToken);
    }

    /// <summary>Stores a resource; the key of its row. Without a message it is only a name that others point to.</summary>
    public static async ValueTask<int> InsertResourceAsync(
        this ReportingContext db, int planId, ResourceKind kind, string name, IMessage? resource, CancellationToken cancellationToken)
    {
        var row = new FollowedResource { PlanId = planId, Kind = kind, Name = name, Message = resource?.ToByteArray() ?? [] };
        await db.Rows<FollowedResource>().InsertAsync(db, row, cancellationToken);
        return row.Id;
    }

    /// <summary>Changes a resource, or takes it away; false where it has no row.</summary>
    public static async ValueTask<bool> ChangeResourceAsync(
        this ReportingContext db, string name, IMessage? resource, CancellationToken cancellationToken) =>
        await RunAsync(db, ChangeResource, [resource?.ToByteArray() ?? [], name], cancellationToken) > 0;

    public static async ValueTask StorePlanAsync(
        this ReportingContext db, int planId, long revision, DateTime changeTime, CancellationToken cancellationToken) =>
        await RunAsync(db, ChangePlan, [revision, changeTime, planId], cancellationToken);

    /// <summary>The token that resumes behind what is stored; empty where nothing is.</summary>
    public static async ValueTask<string> PositionAsync(this ReportingContext db, CancellationToken cancellationToken) =>
        await Position.Bind(db).ExecuteScalarAsync(cancellationToken) as string ?? "";

    public static async ValueTask StorePositionAsync(this ReportingContext db, string resumeToken, CancellationToken cancellationToken)
    {
        if (await RunAsync(db, ChangePosition, [resumeToken], cancellationToken) == 0)
            await db.Rows<FollowerPosition>().InsertAsync(db, new FollowerPosition { ResumeToken = resumeToken }, cancellationToken);
    }

    private static ValueTask<int> RunAsync(ReportingContext db, PreparedSql sql, object[] values, CancellationToken cancellationToken) =>
        new(sql.Bind(db, values).ExecuteNonQueryAsync(cancellationToken));
}
