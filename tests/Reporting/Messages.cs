using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.V1;
using Kind = PlanServices.Actions.V1.WatchChangesResponse.Types.Kind;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests;

/// <summary>What the catalogue sends of a small plan.</summary>
public static class Messages
{
    public const string PlanName = "plans/county";
    public const string PeriodName = "plans/county/periods/2018-10";

    public static readonly DateTime Start = new(2018, 10, 1, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>A plan with one theme, one period and these resources.</summary>
    public static Change[] Plan(params Change[] more) =>
    [
        new Change { Plan = new Plan { Name = PlanName, DisplayName = "County plan", StatusScheme = Scheme() } },
        new Change { Theme = new Theme { Name = $"{PlanName}/themes/victims", DisplayName = "Victims", Position = 1 } },
        new Change { Period = new Period { Name = PeriodName, DisplayName = "October 2018" } },
        .. more,
    ];

    public static StatusScheme Scheme() => new()
    {
        Statuses =
        {
            new StatusMeaning { Status = Status.Red, Label = "Red", Meaning = "Act.", Colour = "#800000", Symbol = "R" },
            new StatusMeaning { Status = Status.Amber, Label = "Yellow", Meaning = "Late.", Colour = "#ffff00", Symbol = "Y" },
            new StatusMeaning { Status = Status.Green, Label = "Green", Meaning = "Fine.", Colour = "#7fce8c", Symbol = "G" },
        },
    };

    public static Change Leaf(string reference, Action<PlanAction>? change = null)
    {
        var action = new PlanAction
        {
            Name = $"{PlanName}/actions/{reference}",
            Ref = reference,
            Theme = $"{PlanName}/themes/victims",
            Title = $"Action {reference}",
            State = PlanAction.Types.State.Active,
            Leaf = true,
        };
        change?.Invoke(action);
        return new Change { PlanAction = action };
    }

    public static Change Update(string reference, Status status, Action<ProgressUpdate>? change = null)
    {
        var update = new ProgressUpdate
        {
            Name = $"{PlanName}/actions/{reference}/updates/2018-10",
            Status = status,
            State = ProgressUpdate.Types.State.Submitted,
        };
        change?.Invoke(update);
        return new Change { ProgressUpdate = update };
    }

    public static Change Deleted(string reference) => new() { Deleted = $"{PlanName}/actions/{reference}" };

    public static WatchChangesResponse Snapshot(long revision, params Change[] changes) =>
        Of(Kind.Snapshot, revision, consistent: true, reset: true, changes);

    public static WatchChangesResponse Changes(long revision, params Change[] changes) =>
        Of(Kind.Changes, revision, consistent: true, reset: false, changes);

    /// <summary>A message behind which more of the same state follows.</summary>
    public static WatchChangesResponse Part(this WatchChangesResponse message)
    {
        (message.Consistent, message.ResumeToken) = (false, "");
        return message;
    }

    /// <summary>A later part of a snapshot.</summary>
    public static WatchChangesResponse Later(this WatchChangesResponse message)
    {
        message.Reset = false;
        return message;
    }

    public static WatchChangesResponse Checkpoint(string token) => new() { Kind = Kind.Checkpoint, Consistent = true, ResumeToken = token };

    private static WatchChangesResponse Of(Kind kind, long revision, bool consistent, bool reset, Change[] changes)
    {
        foreach (var change in changes)
            (change.Revision, change.ChangeTime) = (revision, Timestamp.FromDateTime(Start.AddMinutes(revision)));

        return new WatchChangesResponse
        {
            Kind = kind,
            Plan = PlanName,
            Revision = revision,
            Changes = { changes },
            Consistent = consistent,
            Reset = reset,
            ResumeToken = $"after {revision}",
        };
    }
}
