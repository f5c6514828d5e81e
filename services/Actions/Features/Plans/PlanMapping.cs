using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Plans;

/// <summary>Plans, themes and periods as the contract has them.</summary>
internal static class PlanMapping
{
    public static Plan ToMessage(this PlanEntity plan) => new()
    {
        Name = ResourceName.Plan.Of(plan.Slug),
        DisplayName = plan.DisplayName,
        Description = plan.Description,
        Owner = plan.Owner,
        StatusScheme = StatusScheme.Parser.ParseFrom(plan.StatusScheme),
        CreateTime = Timestamp.FromDateTime(plan.CreateTime),
        UpdateTime = Timestamp.FromDateTime(plan.UpdateTime),
        Etag = Etags.Of(plan.Revision),
        Revision = plan.Revision,
    };

    /// <summary>With the newest revision of anything in the plan.</summary>
    public static Plan ToMessageWithHead(this PlanEntity plan, long head)
    {
        var message = plan.ToMessage();
        message.HeadRevision = head;
        return message;
    }

    public static Theme ToMessage(this ThemeEntity theme, string planSlug)
    {
        var message = theme.Framework is { } framework ? Theme.Parser.ParseFrom(framework) : new Theme();
        message.Name = ResourceName.Theme.Of(planSlug, theme.Slug);
        message.DisplayName = theme.DisplayName;
        message.RefPrefix = theme.RefPrefix;
        message.Position = theme.Position;
        message.Etag = Etags.Of(theme.Revision);
        message.Revision = theme.Revision;
        return message;
    }

    /// <summary>What a theme's entity keeps of its sections, pledges, measures and outcomes.</summary>
    public static byte[]? Framework(Theme theme)
    {
        var framework = new Theme
        {
            Sections = { theme.Sections },
            Pledges = { theme.Pledges },
            MeasuresOfSuccess = { theme.MeasuresOfSuccess },
            Outcomes = { theme.Outcomes },
        };
        return framework.CalculateSize() == 0 ? null : framework.ToByteArray();
    }

    public static Period ToMessage(this PeriodEntity period, string planSlug) => new()
    {
        Name = ResourceName.Period.Of(planSlug, period.Slug),
        DisplayName = period.DisplayName,
        AsAtDate = period.AsAtDate.ToDate(),
        State = period.State,
        OpenDate = period.OpenDate?.ToDate(),
        DueDate = period.DueDate?.ToDate(),
        Meeting = period.MeetingName.Length == 0 && period.MeetingDate is null
            ? null
            : new Meeting { DisplayName = period.MeetingName, Date = period.MeetingDate?.ToDate() },
        LockTime = period.LockTime is { } locked ? Timestamp.FromDateTime(locked) : null,
        LockRevision = period.LockRevision,
        ReopenReason = period.ReopenReason,
        Etag = Etags.Of(period.Revision),
        Revision = period.Revision,
    };

    /// <summary>A new period from its id: "October 2018", as at the last day of the month.</summary>
    public static PeriodEntity NewPeriod(string id)
    {
        var first = DateOnly.ParseExact(id, "yyyy-MM", CultureInfo.InvariantCulture);
        return new PeriodEntity
        {
            Slug = id,
            DisplayName = first.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
            AsAtDate = first.AddMonths(1).AddDays(-1),
        };
    }
}
