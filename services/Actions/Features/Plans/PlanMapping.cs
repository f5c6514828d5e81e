using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Type;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;

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
        Etag = plan.Etag.ToString(CultureInfo.InvariantCulture),
        Revision = plan.Revision,
    };

    /// <summary>With the newest revision of anything in the plan.</summary>
    public static Plan ToMessageWithHead(this PlanEntity plan)
    {
        var message = plan.ToMessage();
        message.HeadRevision = plan.HeadRevision;
        return message;
    }

    public static Theme ToMessage(this ThemeEntity theme, string planSlug) => new()
    {
        Name = ResourceName.Theme.Of(planSlug, theme.Slug),
        DisplayName = theme.DisplayName,
        RefPrefix = theme.RefPrefix,
        Position = theme.Position,
        Etag = theme.Etag.ToString(CultureInfo.InvariantCulture),
        Revision = theme.Revision,
    };

    public static Period ToMessage(this PeriodEntity period, string planSlug) => new()
    {
        Name = ResourceName.Period.Of(planSlug, period.Slug),
        DisplayName = period.DisplayName,
        AsAtDate = new Date { Year = period.AsAtDate.Year, Month = period.AsAtDate.Month, Day = period.AsAtDate.Day },
        Etag = period.Etag.ToString(CultureInfo.InvariantCulture),
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
