using PlanServices.Actions.Features.Following;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Leads;

/// <summary>Knows who has taken whose place by today. It depends on the day, so it is stored nowhere.</summary>
internal sealed class LeadSuccessors(DirectoryModel directory, TimeProvider time)
{
    private volatile SuccessorsOnDay? _now;

    /// <summary>As the directory is known now, today.</summary>
    public SuccessorsOnDay Now
    {
        get
        {
            var (state, today) = (directory.State, time.Today());
            return _now is { } now && now.State == state && now.Day == today ? now : _now = new SuccessorsOnDay(state, today);
        }
    }
}

/// <summary>Who has taken whose place by a day, as one state of the directory has it.</summary>
internal sealed class SuccessorsOnDay(DirectoryState state, DateOnly day)
{
    public DirectoryState State => state;

    public DateOnly Day => day;

    /// <summary>The same for the same successors, whatever else the directory says.</summary>
    public string Stamp { get; } = state.SuccessionStamp(day);

    /// <summary>Says of each delivery lead who has taken its place.</summary>
    public PlanAction Show(PlanAction action)
    {
        foreach (var lead in action.DeliveryLeads.Concat(action.FormerDeliveryLeads))
        {
            if (lead.Partner.Length > 0)
                lead.Successors.AddRange(state.SuccessorsOf(lead.Partner, day));
        }

        return action;
    }
}
