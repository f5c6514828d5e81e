using System.Net;
using System.Net.Http.Json;
using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Partners;

public class PartnerWritesTests(PartnersHost host) : IClassFixture<PartnersHost>
{
    [Fact]
    public async Task CreatePartner_WithEveryField_IsReadAsItWasWritten()
    {
        var given = new Partner
        {
            DisplayName = "Fen Rivers Board",
            ShortName = "FRB",
            Kind = Partner.Types.Kind.Board,
            Aliases = { "Rivers Board" },
            Identifiers = { new PartnerIdentifier { Scheme = "CHARITY", Value = "1234567" }, new PartnerIdentifier { Scheme = "COMPANIES_HOUSE", Value = "OC123456" } },
            WebUri = "https://rivers.example.org",
            Description = "A board.",
            FormerNames = { new FormerName { DisplayName = "Fen Drains Board", ShortName = "FDB", EndDate = On(2020, 3, 31) } },
            StartDate = On(1990, 1, 1),
            EndDate = On(2035, 12, 31),
            Area = Reference.Home,
        };
        var created = await CreateAsync("fen-rivers-board", given);
        var read = await GetAsync("fen-rivers-board");

        Assert.Equal(created, read);
        given.Name = "partners/fen-rivers-board";
        (given.CreateTime, given.UpdateTime, given.Etag, given.Revision) = (read.CreateTime, read.UpdateTime, read.Etag, read.Revision);
        Assert.Equal(given, read);
    }

    [Fact]
    public async Task CreatePartner_IdTaken_IsRefused()
    {
        await CreateAsync("taken", new Partner { DisplayName = "Taken" });
        var call = host.Client.CreatePartnerAsync(new CreatePartnerRequest { PartnerId = "taken", Partner = new Partner { DisplayName = "Again" } }, Calls.Options);
        await Calls.AssertFailsAsync(call, StatusCode.AlreadyExists, CommonReasons.AlreadyExists);
    }

    [Fact]
    public async Task CreatePartner_EverythingWrong_NamesEachField()
    {
        var wrong = new Partner
        {
            Kind = (Partner.Types.Kind)99,
            Aliases = { " " },
            Identifiers = { new PartnerIdentifier { Scheme = "gss", Value = "E1" }, new PartnerIdentifier { Scheme = "GSS", Value = "E1" } },
            WebUri = "ftp:x",
            FormerNames = { new FormerName { DisplayName = "A" }, new FormerName { EndDate = On(2020, 2, 30) } },
            StartDate = On(2020, 1, 2),
            EndDate = On(2020, 1, 1),
            Area = "policeAreas/atlantis",
        };
        var call = host.Client.CreatePartnerAsync(new CreatePartnerRequest { PartnerId = "wrong", Partner = wrong }, Calls.Options);
        Assert.Equal(
            [
                "partner.display_name", "partner.kind", "partner.aliases[0]", "partner.identifiers[0].scheme", "partner.identifiers[1].value",
                "partner.web_uri", "partner.former_names[0].end_date", "partner.former_names[1].display_name", "partner.former_names[1].end_date",
                "partner.end_date", "partner.area",
            ],
            await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("1x")]
    [InlineData("x-")]
    public async Task CreatePartner_BadId_NamesTheField(string id)
    {
        var call = host.Client.CreatePartnerAsync(new CreatePartnerRequest { PartnerId = id, Partner = new Partner { DisplayName = "X" } }, Calls.Options);
        Assert.Equal(["partner_id"], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task CreatePartner_NumberOfAnother_SaysWhose()
    {
        var given = new Partner { DisplayName = "Impostor", Identifiers = { new PartnerIdentifier { Scheme = "GSS", Value = "E23000023" } } };
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.CreatePartnerAsync(new CreatePartnerRequest { PartnerId = "impostor", Partner = given }, Calls.Options));
        Assert.Contains("partners/cambridgeshire-constabulary", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatePartner_ValidateOnly_StoresNothing()
    {
        await host.Client.CreatePartnerAsync(
            new CreatePartnerRequest { PartnerId = "only-looked", Partner = new Partner { DisplayName = "X" }, ValidateOnly = true }, Calls.Options);
        await ApiAssert.NotFoundAsync(() => GetAsync("only-looked"));
    }

    [Fact]
    public async Task CreatePartner_SameRequestIdAgain_AnswersTheSameAndMakesOne()
    {
        var request = new CreatePartnerRequest { PartnerId = "sent-twice", Partner = new Partner { DisplayName = "X" }, RequestId = $"{Guid.CreateVersion7()}" };
        var first = await host.Client.CreatePartnerAsync(request, Calls.Options);
        Assert.Equal(first, await host.Client.CreatePartnerAsync(request, Calls.Options));

        request.Partner.DisplayName = "Y";
        await Calls.AssertFailsAsync(host.Client.CreatePartnerAsync(request, Calls.Options), StatusCode.AlreadyExists, CommonReasons.RequestIdReused);
    }

    [Fact]
    public async Task UpdatePartner_StaleEtag_IsAbortedWithThePresentOne()
    {
        var before = await CreateAsync("stale", new Partner { DisplayName = "Stale" });
        var now = await UpdateAsync(new Partner { Name = before.Name, Description = "New.", Etag = before.Etag });
        var info = await ApiAssert.FailsAsync(
            StatusCode.Aborted, CommonReasons.StaleEtag, () => UpdateAsync(new Partner { Name = before.Name, Description = "Newer.", Etag = before.Etag }));
        Assert.Equal(now.Etag, info.Metadata["etag"]);
    }

    [Fact]
    public async Task UpdatePartner_MaskNamesFields_ChangesThoseOnly()
    {
        await CreateAsync("masked", new Partner { DisplayName = "Masked", Description = "Old.", Aliases = { "Mask" } });
        var now = await UpdateAsync(new Partner { Name = "partners/masked", Description = "New." }, "description", "aliases");
        Assert.Equal(("Masked", "New.", 0), (now.DisplayName, now.Description, now.Aliases.Count));
    }

    [Fact]
    public async Task UpdatePartner_UnknownField_IsRefused()
    {
        var call = host.Client.UpdatePartnerAsync(
            new UpdatePartnerRequest { Partner = new Partner { Name = "partners/why-me" }, UpdateMask = new FieldMask { Paths = { "successors" } } }, Calls.Options);
        Assert.Equal(["update_mask"], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task UpdatePartner_NothingChanged_TakesNoRevision()
    {
        var before = await CreateAsync("unchanged", new Partner { DisplayName = "Unchanged" });
        Assert.Equal(before, await UpdateAsync(new Partner { Name = before.Name, DisplayName = "Unchanged" }));
    }

    [Fact]
    public async Task UpdatePartner_NewName_KeepsTheOldOneDatedAndFindsTheBodyByBoth()
    {
        await CreateAsync("renamed", new Partner { DisplayName = "Quarry Watch Group", ShortName = "QWG" });
        var now = await UpdateAsync(new Partner { Name = "partners/renamed", DisplayName = "Gravel Pit Alliance" });

        var former = Assert.Single(now.FormerNames);
        Assert.Equal(("Quarry Watch Group", "QWG"), (former.DisplayName, former.ShortName));
        var last = former.EndDate;
        var then = await host.Client.GetPartnerAsync(
            new GetPartnerRequest { Name = now.Name, AsAtDate = $"{last.Year:D4}-{last.Month:D2}-{last.Day:D2}" }, Calls.Options);
        Assert.Equal("Quarry Watch Group", then.DisplayName);
        Assert.Equal("Gravel Pit Alliance", (await GetAsync("renamed")).DisplayName);

        var resolved = await host.Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { "Quarry Watch Group", "Gravel Pit Alliance" } }, Calls.Options);
        Assert.All(resolved.Resolutions, r => Assert.Equal("partners/renamed", r.Leads[0].Partner));
    }

    [Fact]
    public async Task ListDirectoryRevisions_OfAPartner_SaysWhoChangedWhat()
    {
        await CreateAsync("with-history", new Partner { DisplayName = "First" });
        await UpdateAsync(new Partner { Name = "partners/with-history", DisplayName = "Second" });
        var request = new ListDirectoryRevisionsRequest { Name = "partners/with-history", PageSize = 1 };
        var newest = await host.Client.ListDirectoryRevisionsAsync(request, Calls.Options);
        request.PageToken = newest.NextPageToken;
        var oldest = await host.Client.ListDirectoryRevisionsAsync(request, Calls.Options);

        var revision = Assert.Single(newest.Revisions);
        Assert.Equal("clients/test", revision.Caller);
        Assert.Contains(revision.Changes, c => (c.Field, c.Before, c.After) == ("display_name", "First", "Second"));
        Assert.Equal("First", Assert.Single(oldest.Revisions).Partner.DisplayName);
        Assert.Empty(oldest.NextPageToken);
    }

    [Fact]
    public async Task ListDirectoryRevisions_OfWhatNeverWas_IsNotFound() => await ApiAssert.NotFoundAsync(async () =>
        await host.Client.ListDirectoryRevisionsAsync(new ListDirectoryRevisionsRequest { Name = "relations/never" }, Calls.Options));

    [Fact]
    public async Task CreateAndUpdatePartner_AsJson_WorkAsDocumented()
    {
        using var created = await host.Http.PostAsJsonAsync(
            "/v1/partners?partnerId=by-json", new { displayName = "By JSON", startDate = new { year = 2020, month = 5, day = 1 } }, Deadline.Token);
        using var patched = await host.Http.PatchAsJsonAsync("/v1/partners/by-json?updateMask=shortName", new { shortName = "BJ" }, Deadline.Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (created.StatusCode, patched.StatusCode));
        Assert.Equal(("By JSON", "BJ", 2020), await NamesAsync());

        async Task<(string, string, int)> NamesAsync()
        {
            var partner = await GetAsync("by-json");
            return (partner.DisplayName, partner.ShortName, partner.StartDate.Year);
        }
    }

    private static Date On(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    private async Task<Partner> CreateAsync(string id, Partner partner) =>
        await host.Client.CreatePartnerAsync(new CreatePartnerRequest { PartnerId = id, Partner = partner }, Calls.Options);

    private async Task<Partner> UpdateAsync(Partner partner, params string[] mask) => await host.Client.UpdatePartnerAsync(
        new UpdatePartnerRequest { Partner = partner, UpdateMask = mask.Length == 0 ? null : new FieldMask { Paths = { mask } } }, Calls.Options);

    private async Task<Partner> GetAsync(string id) => await host.Client.GetPartnerAsync(new GetPartnerRequest { Name = $"partners/{id}" }, Calls.Options);
}
