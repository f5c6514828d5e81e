using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using State = PlanServices.Actions.V1.Period.Types.State;

namespace PlanServices.Actions.Features.Plans;

/// <summary>Opens, changes, locks and reopens periods.</summary>
internal sealed class PeriodWrites(PlanWriter plans)
{
    private static readonly FieldSet<Period> Changeable = new(
        ("display_name", p => p.DisplayName.Length > 0, (to, from) => to.DisplayName = from.DisplayName),
        ("as_at_date", p => p.AsAtDate is not null, (to, from) => to.AsAtDate = from.AsAtDate),
        ("open_date", p => p.OpenDate is not null, (to, from) => to.OpenDate = from.OpenDate),
        ("due_date", p => p.DueDate is not null, (to, from) => to.DueDate = from.DueDate),
        ("meeting", p => p.Meeting is not null, (to, from) => to.Meeting = from.Meeting));

    public Task<Period> CreateAsync(CreatePeriodRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var slug = ResourceName.CheckPeriodId(request.PeriodId, "period_id");
        var given = request.Period ?? throw ApiErrors.InvalidField("period", "It is required.");
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, plan, async (db, edit, token) =>
        {
            if (await db.Periods.AnyAsync(p => p.PlanId == edit.Plan.Id && p.Slug == slug, token))
                throw ApiErrors.AlreadyExists(ResourceName.Period.Of(plan, slug));

            var period = PlanMapping.NewPeriod(slug);
            period.Plan = edit.Plan;
            var message = period.ToMessage(plan);
            Changeable.Merge(message, given, Changeable.Named(null, given));
            Write(period, message);
            db.Add(period);
            edit.Changed(period);
            if (!request.NoCarryOver)
                await CarryOver.IntoAsync(db, edit, period, token);
            return period.ToMessage(plan);
        }, cancellationToken);
    }

    public Task<Period> UpdateAsync(UpdatePeriodRequest request, string caller, CancellationToken cancellationToken)
    {
        var given = request.Period ?? throw ApiErrors.InvalidField("period", "It is required.");
        var fields = Changeable.Named(request.UpdateMask, given);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return WriteAsync(call, given.Name, "period.name", given.Etag, (period, edit) =>
        {
            PeriodRules.CheckOpen(edit.Plan.Slug, period);
            var before = period.ToMessage(edit.Plan.Slug);
            var changed = before.Clone();
            Changeable.Merge(changed, given, fields);
            Write(period, changed);
            if (!period.ToMessage(edit.Plan.Slug).Equals(before))
                edit.Changed(period);
        }, cancellationToken);
    }

    public Task<Period> LockAsync(LockPeriodRequest request, string caller, CancellationToken cancellationToken)
    {
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return WriteAsync(call, request.Name, "name", request.Etag, (period, edit) =>
        {
            if (period.State == State.Locked)
                throw StateErrors.NotAllowed(request.Name, $"{request.Name} is locked already.", "STATE_LOCKED", "STATE_OPEN");

            (period.State, period.LockTime, period.LockRevision) = (State.Locked, edit.Now, edit.Revision);
            edit.Changed(period);
        }, cancellationToken);
    }

    public Task<Period> ReopenAsync(ReopenPeriodRequest request, string caller, CancellationToken cancellationToken)
    {
        var reason = Reasons.Check(request.Reason);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return WriteAsync(call, request.Name, "name", request.Etag, (period, edit) =>
        {
            if (period.State != State.Locked)
                throw StateErrors.NotAllowed(request.Name, $"{request.Name} is open.", "STATE_OPEN", "STATE_LOCKED");

            (period.State, period.LockTime, period.LockRevision, period.ReopenReason) = (State.Open, null, 0, reason);
            edit.Changed(period, reason);
        }, cancellationToken);
    }

    private Task<Period> WriteAsync(
        WriteCall call, string name, string field, string etag, Action<PeriodEntity, PlanEdit> change, CancellationToken cancellationToken)
    {
        var ids = ResourceName.Period.Parse(name, field);
        return plans.WriteAsync(call, ids[0], async (db, edit, token) =>
        {
            var period = await db.Periods.SingleOrDefaultAsync(p => p.PlanId == edit.Plan.Id && p.Slug == ids[1], token)
                ?? throw ApiErrors.NotFound(name);
            Etags.Check(name, etag, period.Revision);
            change(period, edit);
            return period.ToMessage(ids[0]);
        }, cancellationToken);
    }

    // INVALID_ARGUMENT names all the fields that are wrong.
    private static void Write(PeriodEntity target, Period source)
    {
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(source.DisplayName) || source.DisplayName.Length > 200)
            errors.Add(new FieldError("period.display_name", "It is required, at most 200 characters."));
        if (source.Meeting?.DisplayName.Length > 200)
            errors.Add(new FieldError("period.meeting.display_name", "It is over 200 characters."));
        errors.AddWrong("period.display_name", source.DisplayName);
        errors.AddWrong("period.meeting.display_name", source.Meeting?.DisplayName ?? "");

        target.DisplayName = source.DisplayName;
        target.AsAtDate = Dates.Read(source.AsAtDate, "period.as_at_date", errors) ?? PlanMapping.NewPeriod(target.Slug).AsAtDate;
        target.OpenDate = Dates.Read(source.OpenDate, "period.open_date", errors);
        target.DueDate = Dates.Read(source.DueDate, "period.due_date", errors);
        target.MeetingName = source.Meeting?.DisplayName ?? "";
        target.MeetingDate = Dates.Read(source.Meeting?.Date, "period.meeting.date", errors);
        if (target.AsAtDate.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture) != target.Slug)
            errors.Add(new FieldError("period.as_at_date", $"It is no day of {target.Slug}, which the period's id says."));
        if (target.DueDate < target.OpenDate)
            errors.Add(new FieldError("period.due_date", "It is before the opening date."));
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }
}
