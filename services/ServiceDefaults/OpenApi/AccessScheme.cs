using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>The OAuth2 client credentials that operations ask for: the scopes of an operation are those of the policy that its endpoint names.</summary>
internal sealed class AccessScheme(OpenApiDocument document)
{
    private const string Name = "oauth2";

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["plan.read"] = "Read plans, actions, updates, partners and reports.",
        ["plan.write"] = "Change plans and import grids.",
        ["plan.admin"] = "Remove texts from a plan, its history and the directory's review list, and search published reports for them.",
        ["updates.write"] = "Save and submit progress updates.",
        ["updates.approve"] = "Return and approve progress updates.",
        ["reports.publish"] = "Publish and withdraw reports.",
        ["directory.write"] = "Change the directory of partners.",
        ["clients.manage"] = "Make and change API clients, and read the audit logs.",
    };

    private readonly SortedDictionary<string, string> _scopes = new(StringComparer.Ordinal);

    /// <summary>What an endpoint asks of its caller; nothing where anyone may call.</summary>
    public IList<OpenApiSecurityRequirement> Of(Endpoint endpoint)
    {
        var policy = endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "";
        // One of them is enough, and so is none for what is public in part.
        List<OpenApiSecurityRequirement> alternatives = policy == Policies.PublicEditions ? [[]] : [];
        foreach (var scope in Policies.ScopesOf(policy))
        {
            _scopes[scope] = Meanings[scope];
            alternatives.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Name, document)] = [scope] });
        }

        return alternatives;
    }

    /// <summary>Puts the scheme among the components, with the scopes that were asked for.</summary>
    public void Add() => document.AddComponent(Name, new OpenApiSecurityScheme
    {
        Type = SecuritySchemeType.OAuth2,
        Description = "A token of the client credentials grant, in the header `Authorization: Bearer`.",
        Flows = new OpenApiOAuthFlows
        {
            ClientCredentials = new OpenApiOAuthFlow
            {
                TokenUrl = new Uri("/connect/token", UriKind.Relative),
                Scopes = new Dictionary<string, string>(_scopes),
            },
        },
    });
}
