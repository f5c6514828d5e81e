using Google.Protobuf.Collections;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Directory;

/// <summary>Says who has taken the place of a lead. It depends on the day, so no model has it.</summary>
internal static class LeadSuccessions
{
    /// <summary>Sets the successors of each lead that has some by a day; the bodies that they are, each once.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="leads">The leads. Those with successors are replaced by copies: the catalogue's own are shared.</param>
    /// <param name="day">The day.</param>
    public static IEnumerable<LeadSuccessor> ShowSuccessors(this PartnerDirectory directory, RepeatedField<DeliveryLead> leads, DateOnly day)
    {
        List<string> all = [];
        for (var i = 0; i < leads.Count; i++)
        {
            if (leads[i].Partner.Length == 0 || directory.SuccessorsOf(leads[i].Partner, day) is not { Count: > 0 } successors)
                continue;

            leads[i] = leads[i].Clone();
            leads[i].Successors.Clear();
            leads[i].Successors.AddRange(successors);
            all.AddRange(successors);
        }

        return all.Count == 0 ? [] : all.Distinct().Select(partner => new LeadSuccessor
        {
            Partner = partner,
            DisplayName = directory.On(day).Names.GetValueOrDefault(partner, partner),
        });
    }
}
