using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Testing.OldDatabase;

namespace PlanServices.Partners.Tests.Data;

public sealed class UpgradeTests
{
    private const string Then = "'2018-07-31 09:30:00.1234567'";

    // Reference data only: users could not write yet.
    private const string FirstRows = $"""
        INSERT INTO DirectoryState (Id, Revision) VALUES (1, 1);
        INSERT INTO Partners (Id, PartnerId, DisplayName, ShortName, Kind, WebUri, Description, CreateTime, UpdateTime, Etag, Revision)
        VALUES (3, 'cambridgeshire-constabulary', 'As it was called', '', 1, '', '', {Then}, {Then}, 1, 1);
        INSERT INTO PartnerAliases (Id, PartnerKey, Position, Text) VALUES (5, 3, 0, 'Constab');
        INSERT INTO PartnerNumbers (Id, PartnerKey, Scheme, Value) VALUES (7, 3, 'register', '1');
        """;

    // The first version that kept what users wrote.
    private static readonly string UsersRows = $"""
        UPDATE directory_state SET Revision = 4;
        INSERT INTO partners (Id, PartnerId, DisplayName, ShortName, Kind, WebUri, Description, Aliases, Numbers, FormerNames, StartDate, EndDate, Area,
            CreateTime, UpdateTime, Revision)
        VALUES (3, 'fen-watch', 'Fen Watch', 'FW', 1, '', 'Looks after dykes.', '["Dyke watch"]', '[]', '[]', '2018-01-01', NULL, '', {Then}, {Then}, 1);
        INSERT INTO partners (Id, PartnerId, DisplayName, ShortName, Kind, WebUri, Description, Aliases, Numbers, FormerNames, StartDate, EndDate, Area,
            CreateTime, UpdateTime, Revision)
        VALUES (5, 'fen-board', 'Fen Board', '', 1, '', '', '[]', '[]', '[]', NULL, NULL, '', {Then}, {Then}, 1);
        INSERT INTO officers (Id, PartnerKey, OfficerId, Initials, Role, FullName, StartDate, EndDate, CreateTime, UpdateTime, Revision)
        VALUES (7, 3, 'zw', 'ŽW', 'Warden', '', NULL, NULL, {Then}, {Then}, 2);
        INSERT INTO relations (Id, RelationId, Kind, PartnerId, OtherId, StartDate, EndDate, Source, CreateTime, UpdateTime, Revision)
        VALUES (11, 'r1', 1, 'fen-watch', 'fen-board', NULL, NULL, 'Said so', {Then}, {Then}, 3);
        INSERT INTO lead_reviews (Id, Area, Key, Text, State, PartnerId, Candidates, Count, CreateTime, UpdateTime, Caller, Revision)
        VALUES (13, 'cambridgeshire', 'dykewardens', 'Dyke wardens', 2, 'fen-watch', '[]', 2, {Then}, {Then}, 'local', 4);
        INSERT INTO reference_entries (Name, Message) VALUES ('partners/forgotten', X'00');
        INSERT INTO changes (Revision, Ordinal, Resource, Change)
        VALUES (1, 0, 'partners/fen-watch', {Blob(new DirectoryChange { Revision = 1, Partner = new Partner { Name = "partners/fen-watch", DisplayName = "Fen Watch" } })});
        INSERT INTO requests (Id, Fingerprint, ResponseType, Response, Time)
        VALUES ('00000000-0000-0000-0000-000000000001', X'00', 'planservices.partners.v1.Partner', X'00', datetime('now'));
        """;

    [Fact]
    public async Task Start_DatabaseOfTheFirstVersion_MergesReferenceDataAnew()
    {
        using var folder = new TemporaryFolder();
        await MakeAsync<PartnersContext>(Path.Combine(folder.Path, "partners.db"), 1, FirstRows);

        await using var host = await PartnersHost.StartAsync(folder.Path);
        var partner = await GetAsync(host, "partners/cambridgeshire-constabulary");
        Assert.NotEqual("As it was called", partner.DisplayName);
    }

    [Fact]
    public async Task Start_DatabaseOfTheFirstVersionWithUsersData_KeepsIt()
    {
        using var folder = new TemporaryFolder();
        var old = await MakeAsync<PartnersContext>(Path.Combine(folder.Path, "partners.db"), 2, UsersRows);

        await using var host = await PartnersHost.StartAsync(folder.Path);
        // The start merges the reference data as a revision of its own.
        await old.AssertKeptAsync("directory_state");
        var partner = await GetAsync(host, "partners/fen-watch");
        Assert.Equal(("Fen Watch", "Dyke watch", 1), (partner.DisplayName, Assert.Single(partner.Aliases), partner.Revision));
        Assert.NotEmpty((await GetAsync(host, "partners/cambridgeshire-constabulary")).DisplayName);
    }

    private static async Task<Partner> GetAsync(TestHost host, string name) => await new PartnerService.PartnerServiceClient(host.Channel)
        .GetPartnerAsync(new GetPartnerRequest { Name = name }, cancellationToken: Deadline.Token);
}
