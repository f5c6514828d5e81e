using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Officers;

public class OfficerTests(PartnersHost host) : IClassFixture<PartnersHost>
{
    private const string Office = "partners/cambridgeshire-opcc";

    [Fact]
    public async Task CreateOfficer_InitialsAndRole_AreReadAndNoNameIsMadeUp()
    {
        var created = await CreateAsync(Office, "np", new Officer { Initials = "NP", Role = "Head of Commissioning" });
        var read = await host.Client.GetOfficerAsync(new GetOfficerRequest { Name = $"{Office}/officers/np" }, Calls.Options);
        Assert.Equal(created, read);
        Assert.Equal(("NP", "Head of Commissioning", ""), (read.Initials, read.Role, read.FullName));
    }

    [Fact]
    public async Task ListOfficers_OfABodyOfAllAndAsAt_AreThoseInOffice()
    {
        const string Parent = "partners/fenland-district-council";
        await CreateAsync(Parent, "one", new Officer { Initials = "AB", EndDate = On(2020, 3, 31) });
        await CreateAsync(Parent, "two", new Officer { Initials = "CD", StartDate = On(2020, 4, 1) });

        Assert.Equal(["one", "two"], await IdsAsync(Parent, ""));
        Assert.Equal(["one"], await IdsAsync(Parent, "2020-03-31"));
        Assert.Equal(["two"], await IdsAsync(Parent, "2020-04-01"));
        Assert.Subset((await IdsAsync("partners/-", "")).ToHashSet(), new HashSet<string> { "one", "two" });

        async Task<string[]> IdsAsync(string parent, string day)
        {
            var listed = await host.Client.ListOfficersAsync(new ListOfficersRequest { Parent = parent, AsAtDate = day }, Calls.Options);
            return [.. listed.Officers.Select(o => o.Name[(o.Name.LastIndexOf('/') + 1)..])];
        }
    }

    [Fact]
    public async Task UpdateOfficer_LeavesOffice_KeepsTheRestAndItsHistory()
    {
        var before = await CreateAsync(Office, "cs", new Officer { Initials = "CS", Role = "Policy" });
        var now = await host.Client.UpdateOfficerAsync(
            new UpdateOfficerRequest { Officer = new Officer { Name = before.Name, EndDate = On(2026, 1, 31), Etag = before.Etag } }, Calls.Options);
        Assert.Equal(("CS", "Policy", 2026), (now.Initials, now.Role, now.EndDate.Year));

        var history = await host.Client.ListDirectoryRevisionsAsync(new ListDirectoryRevisionsRequest { Name = before.Name }, Calls.Options);
        Assert.Equal(["end_date"], history.Revisions[0].Changes.Select(c => c.Field));
        Assert.Equal(before, history.Revisions[1].Officer);
        await ApiAssert.FailsAsync(StatusCode.Aborted, CommonReasons.StaleEtag, async () => await host.Client.UpdateOfficerAsync(
            new UpdateOfficerRequest { Officer = before, UpdateMask = new FieldMask { Paths = { "*" } } }, Calls.Options));
    }

    [Fact]
    public async Task CreateOfficer_BadFields_NamesEach()
    {
        var wrong = new Officer { Initials = "N.P.", Role = new string('x', 201), StartDate = On(2020, 1, 2), EndDate = On(2020, 1, 1) };
        var call = host.Client.CreateOfficerAsync(new CreateOfficerRequest { Parent = Office, OfficerId = "x", Officer = wrong }, Calls.Options);
        Assert.Equal(
            ["officer.initials", "officer.role", "officer.end_date"],
            await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task CreateOfficer_TwiceOrOfNobody_IsRefused()
    {
        await CreateAsync(Office, "dg", new Officer { Initials = "DG" });
        await ApiAssert.FailsAsync(StatusCode.AlreadyExists, CommonReasons.AlreadyExists, () => CreateAsync(Office, "dg", new Officer { Initials = "DG" }));
        await ApiAssert.NotFoundAsync(() => CreateAsync("partners/atlantis", "dg", new Officer { Initials = "DG" }));
        await ApiAssert.NotFoundAsync(async () => await host.Client.ListOfficersAsync(new ListOfficersRequest { Parent = "partners/atlantis" }, Calls.Options));
    }

    private static Date On(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    private async Task<Officer> CreateAsync(string parent, string id, Officer officer) => await host.Client.CreateOfficerAsync(
        new CreateOfficerRequest { Parent = parent, OfficerId = id, Officer = officer }, Calls.Options);
}
