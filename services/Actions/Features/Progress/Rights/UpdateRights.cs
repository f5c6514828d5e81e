using System.Globalization;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Actions.Features.Progress.Rights;

/// <summary>What is known of memberships when it is asked who may send an update.</summary>
/// <param name="Age">How long ago the directory last said that this is all.</param>
/// <param name="ActsFor">Whether a partner may act for what these lead on a day: by succession or membership.</param>
internal readonly record struct Memberships(TimeSpan Age, Func<string, IReadOnlyList<string>, DateOnly, bool> ActsFor);

/// <summary>Who may send the update of a leaf. A plain rule: it knows neither the database nor the directory's stream.</summary>
internal static class UpdateRights
{
    /// <summary>
    /// Lets pass whoever may send any leaf's update, and a client whose partner leads the leaf or is a member of a group that does.
    /// </summary>
    /// <param name="sender">Who sends it.</param>
    /// <param name="action">The leaf's resource name.</param>
    /// <param name="leads">The partners that lead it: resource names; empty ones are leads that are linked to nobody.</param>
    /// <param name="day">The day on which it is sent.</param>
    /// <param name="memberships">What is known of memberships.</param>
    /// <param name="oldest">The age from which that is not decided by any more.</param>
    /// <exception cref="ApiException">PERMISSION_DENIED, or UNAVAILABLE where it depends on memberships that are known too vaguely.</exception>
    public static void Check(
        UpdateSender sender, string action, IReadOnlyList<string> leads, DateOnly day, Memberships memberships, TimeSpan oldest)
    {
        var linked = leads.Where(l => l.Length > 0).ToArray();
        if (sender.MaySendAny || linked.Contains(sender.Partner) || (sender.Partner == Caller.EveryPartner && linked.Length > 0))
            return;

        if (sender.Partner.Length > 0 && linked.Length > 0)
        {
            if (memberships.Age > oldest)
                throw Stale(memberships.Age);
            if (memberships.ActsFor(sender.Partner, linked, day))
                return;
        }

        throw new ApiException(StatusCode.PermissionDenied, ErrorReason.NotLead, Sentence(sender, action, linked))
            .With("resource", action)
            .With("partner", sender.Partner)
            .With("leads", string.Join(',', linked));
    }

    private static string Sentence(UpdateSender sender, string action, string[] leads)
    {
        if (sender.Partner.Length == 0)
            return $"{sender.Name} belongs to no partner, so it sends updates for nothing.";

        return leads.Length == 0
            ? $"No lead of {action} is linked to a partner of the directory, so {sender.Name} cannot send its update."
            : $"{action} is led by {string.Join(", ", leads)}; {sender.Partner} is none of them, and no member of one today.";
    }

    private static ApiException Stale(TimeSpan age)
    {
        var known = age != TimeSpan.MaxValue;
        return new ApiException(
            StatusCode.Unavailable,
            ErrorReason.DirectoryStale,
            known
                ? $"The partner directory has been out of reach for {age.TotalSeconds:N0} seconds: who is a member of what is not known well enough. Try again later."
                : "The partner directory has not been read yet: who is a member of what is not known. Try again in a moment.")
        {
            RetryAfter = TimeSpan.FromSeconds(known ? 10 : 1),
        }.With("age_seconds", known ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "");
    }
}
