using System.Security.Claims;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Clients;

/// <summary>What a client may be. Plain rules: they know no database.</summary>
internal static class ClientRules
{
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(7);

    /// <summary>What can be changed.</summary>
    public static FieldSet<ApiClient> Fields { get; } = new(
        ("display_name", c => c.DisplayName.Length > 0, (to, from) => to.DisplayName = from.DisplayName),
        ("partner", c => c.Partner.Length > 0, (to, from) => to.Partner = from.Partner),
        ("scopes", c => c.Scopes.Count > 0, (to, from) => FieldSet.Replace(to.Scopes, from.Scopes)));

    /// <summary>INVALID_ARGUMENT with every field that is wrong.</summary>
    public static void Check(ApiClient client)
    {
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(client.DisplayName))
            errors.Add(new("api_client.display_name", "It is required: what people call the system."));
        else if (client.DisplayName.Length > ApiClientEntity.MaximumDisplayName)
            errors.Add(new("api_client.display_name", $"It has {client.DisplayName.Length} characters; {ApiClientEntity.MaximumDisplayName} are the most."));
        if (client.Scopes.Count == 0)
            errors.Add(new("api_client.scopes", $"It is required: of {string.Join(", ", Scopes.All)}."));
        foreach (var scope in client.Scopes.Except(Scopes.All))
            errors.Add(new("api_client.scopes", $"'{scope}' is no scope; {string.Join(", ", Scopes.All)} are."));
        if (client.Partner.Length == 0 && client.Scopes.Contains(Scopes.UpdatesWrite))
            errors.Add(new("api_client.partner", $"It is required with the scope {Scopes.UpdatesWrite}: updates are sent for what a partner leads."));
        else if (client.Partner.Length > 0 && ResourceName.Partner.TryParse(client.Partner) is null or [ResourceName.Any])
            errors.Add(new("api_client.partner", $"'{client.Partner}' is not of the form {ResourceName.Partner.Pattern}."));
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }

    /// <summary>PERMISSION_DENIED where somebody would give, or take over, more than they have themselves.</summary>
    public static void CheckMayGive(ClaimsPrincipal caller, IEnumerable<string> scopes)
    {
        var lacking = scopes.Where(s => !caller.HasScope(s)).ToArray();
        if (lacking.Length > 0)
        {
            throw ApiErrors.PermissionDenied($"Nobody gives what they lack themselves: {string.Join(", ", lacking)}.")
                .With("scope", string.Join(',', lacking));
        }
    }

    /// <summary>How long the secrets before a new one go on.</summary>
    public static TimeSpan Overlap(Duration? given)
    {
        if (given is null)
            return UsualOverlap;

        return given.Seconds >= 0 && given.Nanos >= 0 && given.Seconds <= LongestOverlap.TotalSeconds
            ? given.ToTimeSpan()
            : throw ApiErrors.InvalidField("overlap", "It is 0 seconds to 90 days.");
    }
}
