using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Partners;

/// <summary>A partner as it was on a day.</summary>
internal static class PartnerAsAt
{
    /// <summary>Whether the body existed on a day.</summary>
    public static bool Existed(this Partner partner, DateOnly day) => Dates.Span(partner.StartDate, partner.EndDate).Has(day);

    /// <summary>The name that it had on a day: a former one that was in use then, or the present one.</summary>
    public static (string DisplayName, string ShortName) NameOn(this Partner partner, DateOnly day)
    {
        foreach (var former in partner.FormerNames)
        {
            if (day <= former.EndDate.AsDay())
            {
                // Before the first name that has a first day, the first name is the best that is known.
                return former.StartDate.AsDay() is { } first && day < first && former != partner.FormerNames[0]
                    ? (partner.DisplayName, partner.ShortName)
                    : (former.DisplayName, former.ShortName);
            }
        }

        return (partner.DisplayName, partner.ShortName);
    }

    /// <summary>The partner by the name that it had on a day, and with the successors that it had then.</summary>
    public static Partner On(this Partner partner, DateOnly day, IReadOnlyList<string> successors)
    {
        var (display, shortName) = partner.NameOn(day);
        if (successors.Count == 0 && display == partner.DisplayName && shortName == partner.ShortName)
            return partner;

        var copy = partner.Clone();
        (copy.DisplayName, copy.ShortName) = (display, shortName);
        copy.Successors.AddRange(successors);
        return copy;
    }
}
