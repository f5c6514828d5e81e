/// <summary>
/// Who issues the tokens of what is published, and to whom. Under `dotnet run` the services are in Development, which needs none of it.
/// </summary>
internal static class Access
{
    /// <summary>
    /// Partners issues them: to the services, each a client of its own, and to `admin`, which makes the other clients. Nobody signs in to
    /// the pages, since people are known by an issuer outside of the suite only.
    /// </summary>
    public static void AddOwnIssuer(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> partners, params IResourceBuilder<ProjectResource>[] others)
    {
        var issuer = builder.AddParameter("access-issuer").WithDescription("The address by which API clients know the Partners service, as https://plans.example/.");
        foreach (var service in others.Prepend(partners))
        {
            var name = service.Resource.Name;
            service.WithEnvironment("Access__Issuer", issuer)
                .WithEnvironment("Access__ClientId", name)
                .WithEnvironment("Access__ClientSecret", Client(name, name == "actions" ? ["plan.read", "plan.write"] : ["plan.read"]));
        }

        Client("admin", ["clients.manage"]);
        // The services ask for their tokens within the network; whoever comes from outside comes by a proxy that encrypts.
        partners.WithEnvironment("Issuer__Cleartext", "true")
            .WithEnvironment("Issuer__SigningKeys__0__Pem", builder.AddParameter("access-signing-key", secret: true).WithDescription("A private key as PEM, RSA or EC."));

        IResourceBuilder<ParameterResource> Client(string client, string[] scopes)
        {
            var secret = builder.AddParameter($"{client}-client-secret", secret: true);
            partners.WithEnvironment($"Issuer__Clients__{client}__Secret", secret);
            for (var i = 0; i < scopes.Length; i++)
                partners.WithEnvironment($"Issuer__Clients__{client}__Scopes__{i}", scopes[i]);
            return secret;
        }
    }

    /// <summary>An issuer outside of the suite, such as Entra ID: one client for all services, and one for the pages that people sign in to.</summary>
    public static void AddOutsideIssuer(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> dashboard, params IResourceBuilder<ProjectResource>[] others)
    {
        var authority = builder.AddParameter("access-authority").WithDescription("The issuer, as https://login.microsoftonline.com/TENANT/v2.0.");
        var audience = builder.AddParameter("access-audience").WithDescription("What stands in the tokens for the API: its client id.");
        var scope = builder.AddParameter("access-client-scope").WithDescription("What the services ask a token for, as api://planservices/.default.");
        var client = builder.AddParameter("access-client-id").WithDescription("The client that the services are.");
        var secret = builder.AddParameter("access-client-secret", secret: true);
        foreach (var service in others.Prepend(dashboard))
        {
            service.WithEnvironment("Access__Authority", authority)
                .WithEnvironment("Access__Audience", audience)
                .WithEnvironment("Access__ClientScope", scope)
                .WithEnvironment("Access__ClientId", client)
                .WithEnvironment("Access__ClientSecret", secret);
        }

        dashboard
            .WithEnvironment("SignIn__ClientId", builder.AddParameter("sign-in-client-id").WithDescription("The client that the pages are."))
            .WithEnvironment("SignIn__ClientSecret", builder.AddParameter("sign-in-client-secret", secret: true))
            .WithEnvironment("SignIn__Scopes__0", builder.AddParameter("sign-in-scope").WithDescription("What people's tokens are asked for, as api://planservices/access."));
    }
}
