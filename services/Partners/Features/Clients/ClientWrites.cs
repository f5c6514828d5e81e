using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Issuing;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners.Features.Clients;

/// <summary>Carries out the changes of API clients.</summary>
internal sealed class ClientWrites(SingleWriter<PartnersContext> writer, ConfiguredClients configured, TimeProvider time)
{
    public Task<CreateApiClientResponse> CreateAsync(CreateApiClientRequest request, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var id = ResourceName.CheckId(request.ApiClientId, "api_client_id");
        var given = request.ApiClient ?? throw ApiErrors.InvalidField("api_client", "It is required.");
        ClientRules.Check(given);
        ClientRules.CheckMayGive(caller, given.Scopes);
        var secret = ClientSecret.New();
        var hash = ClientSecret.Hash(secret);
        return writer.WriteAsync(
            async (db, token) =>
            {
                if (configured.Find(id) is not null || await db.ApiClients.AnyAsync(c => c.ClientId == id, token))
                    throw ApiErrors.AlreadyExists(ResourceName.ApiClient.Of(id));

                await CheckPartnerAsync(db, given.Partner, token);
                var now = time.GetUtcNow().UtcDateTime;
                var client = new ApiClientEntity
                {
                    ClientId = id,
                    DisplayName = given.DisplayName,
                    Partner = given.Partner,
                    Scopes = [.. given.Scopes.Distinct()],
                    CreateTime = now,
                    UpdateTime = now,
                };
                AddSecret(client, secret, hash, now);
                db.ApiClients.Add(client);
                await db.SaveChangesAsync(token);
                return new Written<CreateApiClientResponse>(new CreateApiClientResponse { ApiClient = client.ToMessage(now), Secret = secret });
            },
            cancellationToken);
    }

    public Task<ApiClient> UpdateAsync(UpdateApiClientRequest request, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var given = request.ApiClient ?? throw ApiErrors.InvalidField("api_client", "It is required.");
        var fields = ClientRules.Fields.Named(request.UpdateMask, given);
        return ChangeAsync(given.Name, "api_client.name", given.Etag, caller, async (db, client, now, token) =>
        {
            var after = client.ToMessage(now);
            ClientRules.Fields.Merge(after, given, fields);
            if (after.Equals(client.ToMessage(now)))
                return new Written<ApiClient>(after, Keep: false);

            ClientRules.Check(after);
            ClientRules.CheckMayGive(caller, after.Scopes);
            if (after.Partner != client.Partner)
                await CheckPartnerAsync(db, after.Partner, token);
            (client.DisplayName, client.Partner, client.Scopes) = (after.DisplayName, after.Partner, [.. after.Scopes.Distinct()]);
            await SaveAsync(db, client, now, token);
            return new Written<ApiClient>(client.ToMessage(now));
        }, cancellationToken);
    }

    public Task<DeleteApiClientResponse> DeleteAsync(DeleteApiClientRequest request, ClaimsPrincipal caller, CancellationToken cancellationToken) =>
        ChangeAsync(request.Name, "name", request.Etag, caller, async (db, client, _, token) =>
        {
            db.ApiClients.Remove(client);
            await db.SaveChangesAsync(token);
            return new Written<DeleteApiClientResponse>(new DeleteApiClientResponse());
        }, cancellationToken);

    public Task<RotateSecretResponse> RotateAsync(RotateSecretRequest request, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var overlap = ClientRules.Overlap(request.Overlap);
        var secret = ClientSecret.New();
        var hash = ClientSecret.Hash(secret);
        return ChangeAsync(request.Name, "name", "", caller, async (db, client, now, token) =>
        {
            // The newest goes on beside the new one; those before it end now, so that there are never more than two.
            var newest = client.Secrets.Where(s => s.IsValid(now)).MaxBy(s => s.Id);
            client.Secrets.RemoveAll(s => s != newest || overlap == TimeSpan.Zero);
            if (newest is not null && !(newest.ExpireTime < now + overlap))
                newest.ExpireTime = now + overlap;
            AddSecret(client, secret, hash, now);
            await SaveAsync(db, client, now, token);
            return new Written<RotateSecretResponse>(new RotateSecretResponse { ApiClient = client.ToMessage(now), Secret = secret });
        }, cancellationToken);
    }

    private Task<T> ChangeAsync<T>(
        string name,
        string nameField,
        string etag,
        ClaimsPrincipal caller,
        Func<PartnersContext, ApiClientEntity, DateTime, CancellationToken, Task<Written<T>>> change,
        CancellationToken cancellationToken)
    {
        var id = ResourceName.ApiClient.Parse(name, nameField)[0];
        return writer.WriteAsync(
            async (db, token) =>
            {
                var client = await db.ApiClients.Include(c => c.Secrets).SingleOrDefaultAsync(c => c.ClientId == id, token)
                    ?? throw ApiErrors.NotFound(name);
                Etags.Check(name, etag, client.Version);
                // Who has another client's secret has its scopes.
                ClientRules.CheckMayGive(caller, client.Scopes);
                return await change(db, client, time.GetUtcNow().UtcDateTime, token);
            },
            cancellationToken);
    }

    private static void AddSecret(ApiClientEntity client, string secret, string hash, DateTime now) => client.Secrets.Add(
        new ClientSecretEntity { Hint = ClientSecret.HintOf(secret), Hash = hash, CreateTime = now });

    private static Task<int> SaveAsync(PartnersContext db, ApiClientEntity client, DateTime now, CancellationToken cancellationToken)
    {
        client.Version++;
        client.UpdateTime = now;
        return db.SaveChangesAsync(cancellationToken);
    }

    private static async Task CheckPartnerAsync(PartnersContext db, string partner, CancellationToken cancellationToken)
    {
        if (partner.Length == 0)
            return;

        var id = ResourceName.Partner.Parse(partner, "api_client.partner")[0];
        if (!await db.Partners.AnyAsync(p => p.PartnerId == id, cancellationToken))
            throw ApiErrors.InvalidField("api_client.partner", $"The directory has no {partner}.");
    }
}
