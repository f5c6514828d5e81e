using PlanServices.Partners.Features.Leads;
using Xunit;
using Match = PlanServices.Partners.V1.ResolvedLead.Types.Match;

namespace PlanServices.Partners.Tests.Features.Leads;

public class LeadResolverTests
{
    private static readonly NameIndex Index = Reference.Index;

    [Theory]
    // As the real grid prints them.
    [InlineData("Constabulary", "cambridgeshire-constabulary")]
    [InlineData("constabulary", "cambridgeshire-constabulary")]
    [InlineData("OPCC", "cambridgeshire-opcc")]
    [InlineData("ОРСС", "cambridgeshire-opcc")]
    [InlineData("орсс", "cambridgeshire-opcc")]
    [InlineData("County Council", "cambridgeshire-county-council")]
    [InlineData("Crisis Concordat Mental Health Delivery Group", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("DA & SV Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("Domestic Abuse and Sexual Violence Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("CCJB Delivery Group", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("CSPs", "cambridgeshire-csps")]
    [InlineData("Cambridgeshire Countywide Community Safety Strategic Board", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("Countywide Community Safety Strategic Board", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("CCJB", "cambridgeshire-criminal-justice-board")]
    [InlineData("Cambridgeshire Criminal Justice Board", "cambridgeshire-criminal-justice-board")]
    [InlineData("Cambridgeshire Criminal Justice Board - Offender Subgroup", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("Youth Offending Services", "cambridgeshire-youth-offending-services")]
    [InlineData("PSB", "cambridgeshire-public-service-board")]
    // Other forms of the same.
    [InlineData("CONSTABULARY", "cambridgeshire-constabulary")]
    [InlineData("Cambs Constabulary", "cambridgeshire-constabulary")]
    [InlineData("Cambridgeshire Police", "cambridgeshire-constabulary")]
    [InlineData("O.P.C.C.", "cambridgeshire-opcc")]
    [InlineData("PCC", "cambridgeshire-opcc")]
    [InlineData("Office of the Police and Crime Commissioner", "cambridgeshire-opcc")]
    [InlineData("Cambridgeshire OPCC", "cambridgeshire-opcc")]
    [InlineData("Office of the Police & Crime Commissioner", "cambridgeshire-opcc")]
    [InlineData("CJB", "cambridgeshire-criminal-justice-board")]
    [InlineData("Criminal Justice Board", "cambridgeshire-criminal-justice-board")]
    [InlineData("Cambridgeshire & Peterborough Criminal Justice Board", "cambridgeshire-criminal-justice-board")]
    [InlineData("CJB Delivery Group", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("Cambridgeshire Criminal Justice Board – Delivery Group", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("Cambridgeshire Criminal Justice Board – Offender Sub-Group", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("Cambridgeshire Criminal Justice Board – Offender Sub Group", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("CCJB Offender Sub-group", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("Offender Sub Group", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("Offender subgroup", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("Offender Sub-group of the Cambridgeshire Criminal Justice Board", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("DA/SV Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("DASV Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("Domestic Abuse & Sexual Violence Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("DA and SV delivery grp", "cambridgeshire-dasv-delivery-group")]
    [InlineData("Community Safety Partnerships", "cambridgeshire-csps")]
    [InlineData("CSP", "cambridgeshire-csps")]
    [InlineData("Fenland CSP", "fenland-csp")]
    [InlineData("Peterborough CSP", "peterborough-csp")]
    [InlineData("Cambridgeshire Countywide Community Safety Board", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("County wide Community Safety Strategic Board", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("CCSSB", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("Public Service Board", "cambridgeshire-public-service-board")]
    [InlineData("Mental Health Delivery Group", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("MH Delivery Group", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("Youth Offending Service", "cambridgeshire-youth-offending-services")]
    [InlineData("YOS", "cambridgeshire-youth-offending-services")]
    [InlineData("Cambridgeshire County Council", "cambridgeshire-county-council")]
    [InlineData("Cambridge City Council", "cambridge-city-council")]
    [InlineData("South Cambs DC", "south-cambridgeshire-district-council")]
    [InlineData("East Cambs District Council", "east-cambridgeshire-district-council")]
    [InlineData("Fire & Rescue Service", "cambridgeshire-fire-and-rescue")]
    [InlineData("Fire Authority", "cambridgeshire-fire-authority")]
    [InlineData("7 Forces", "seven-forces")]
    [InlineData("7F", "seven-forces")]
    [InlineData("MASH", "cambridgeshire-mash")]
    [InlineData("Multi Agency Safeguarding Hub", "cambridgeshire-mash")]
    [InlineData("MAPPA Board", "cambridgeshire-mappa-board")]
    [InlineData("Sub Regional Housing Board", "sub-regional-housing-board")]
    [InlineData("Victims' Hub", "cambridgeshire-victim-and-witness-hub")]
    [InlineData("Reducing Re-offending Group", "reducing-reoffending-group")]
    [InlineData("Oﬃce of the PCC", "cambridgeshire-opcc")]
    [InlineData("OРСС", "cambridgeshire-opcc")]
    [InlineData("P&CC", "cambridgeshire-opcc")]
    [InlineData("Lead: OPCC", "cambridgeshire-opcc")]
    [InlineData("Сonѕtаbulаrу", "cambridgeshire-constabulary")]
    [InlineData("D.A. & S.V. Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("Domestic Abuse & SV Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("Mental Health Crisis Concordat Delivery Group", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("YOTs", "cambridgeshire-youth-offending-services")]
    [InlineData("CSP's", "cambridgeshire-csps")]
    [InlineData("Hunts District Council", "huntingdonshire-district-council")]
    [InlineData("Bedfordshire, Cambridgeshire and Hertfordshire", "bch-collaboration")]
    [InlineData("Constabulary Ethics, Equalty and Inclusion Board", "constabulary-ethics-equality-inclusion-board")]
    // Damaged.
    [InlineData("Constabulry", "cambridgeshire-constabulary")]
    [InlineData("onstabulary", "cambridgeshire-constabulary")]
    [InlineData("Constabular", "cambridgeshire-constabulary")]
    [InlineData("Const abulary", "cambridgeshire-constabulary")]
    [InlineData("Constablulary", "cambridgeshire-constabulary")]
    [InlineData("Cambridgshire Constabulary", "cambridgeshire-constabulary")]
    [InlineData("Cambridge Constabulary", "cambridgeshire-constabulary")]
    [InlineData("57 Constabulary", "cambridgeshire-constabulary")]
    [InlineData("n Constabulary", "cambridgeshire-constabulary")]
    [InlineData("Constabulary.", "cambridgeshire-constabulary")]
    [InlineData("Constabulary and partners", "cambridgeshire-constabulary")]
    [InlineData("OPPC", "cambridgeshire-opcc")]
    [InlineData("OCPC", "cambridgeshire-opcc")]
    [InlineData("0PCC", "cambridgeshire-opcc")]
    [InlineData("O P C C", "cambridgeshire-opcc")]
    [InlineData("OPC C", "cambridgeshire-opcc")]
    [InlineData("CCBJ Delivery Group", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("CCXB Delivery Group", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("CCJ Delivery Group", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("Cambridgeshire and PeterboroughYouth Offending Services", "cambridgeshire-youth-offending-services")]
    [InlineData("Cambridgeshi re ad Peterbrough CSPs", "cambridgeshire-csps")]
    [InlineData("ast Cambridgeshire CSP", "east-cambridgeshire-csp")]
    [InlineData("Constab", "cambridgeshire-constabulary")]
    [InlineData("Cambrdigeshire Countywde Comunity Safety Stratgic Board", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("Cambridgeshire Criminal Justice Board Delivery", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("CCJB Delivry Group", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("CCJB DeliveryGroup", "cambridgeshire-criminal-justice-board-delivery-group")]
    [InlineData("Cambrigeshire Criminal Jutice Board", "cambridgeshire-criminal-justice-board")]
    [InlineData("Cambridge Criminal Justice Board", "cambridgeshire-criminal-justice-board")]
    [InlineData("Cambridgeshire Criminal Justice Boad", "cambridgeshire-criminal-justice-board")]
    [InlineData("Cambridgeshire Criminal Justice Board - Offendr Subgroup", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("Cambridgeshire Criminal Justice Board Offender Subgrou", "cambridgeshire-criminal-justice-board-offender-subgroup")]
    [InlineData("Crisis Concordat Mental Health Delivery", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("Crisis Concordat Mental Health Deliv", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("Crisis Concrdat Mentl Health Delivery Group", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("Crisis Concordat Mental Health DeIivery Group", "cambridgeshire-mental-health-delivery-group")]
    [InlineData("Countywide Community Safety Strategc Bord", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("Countywide Community Saftey Strategic Board", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("Community Safety Strategic Board", "cambridgeshire-community-safety-strategic-board")]
    [InlineData("Domestic Abuse and Sexual Violence Delivery Goup", "cambridgeshire-dasv-delivery-group")]
    [InlineData("Domestic Abus and Sexual Violance Delivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("DA & SV Dlivery Group", "cambridgeshire-dasv-delivery-group")]
    [InlineData("Youth Ofending Services", "cambridgeshire-youth-offending-services")]
    [InlineData("Youth Offending Servces", "cambridgeshire-youth-offending-services")]
    [InlineData("Couny Council", "cambridgeshire-county-council")]
    [InlineData("Safeguarding Bords", "cambridgeshire-safeguarding-boards")]
    [InlineData("Combined Authorty", "cambridgeshire-peterborough-combined-authority")]
    // Of other areas, where the name says so.
    [InlineData("Lancashire Constabulary", "lancashire-constabulary")]
    [InlineData("Lancashire Constabulry", "lancashire-constabulary")]
    [InlineData("Sussex Police", "sussex-police")]
    [InlineData("Gwent Police", "gwent-police")]
    [InlineData("OPCC for Lancashire", "lancashire-opcc")]
    [InlineData("Norfolk Constabulary", "norfolk-constabulary")]
    [InlineData("Metropolitan Police Service", "metropolitan-police")]
    public void ResolveCell_OneLead_IsFound(string text, string partner)
    {
        var lead = Assert.Single(Resolve(text));
        Assert.Equal(Match.Found, lead.Match);
        Assert.Equal($"partners/{partner}", lead.Found!.Partner.Name);
        Assert.InRange(lead.Found.Nearness, LeadResolver.FoundAt, 1);
        Assert.NotEmpty(lead.Found.Reason);
    }

    [Theory]
    [InlineData("OPCC / Constabulary", "cambridgeshire-opcc", "cambridgeshire-constabulary")]
    [InlineData("OPCC / PSB", "cambridgeshire-opcc", "cambridgeshire-public-service-board")]
    [InlineData(
        "OPCC / Countywide Community Safety Strategic Board / CCJB",
        "cambridgeshire-opcc", "cambridgeshire-community-safety-strategic-board", "cambridgeshire-criminal-justice-board")]
    [InlineData(
        "Constabulary/ Cambridgeshire Countywide Community Safety Strategic Board/ Cambridgeshire Criminal Justice Board",
        "cambridgeshire-constabulary", "cambridgeshire-community-safety-strategic-board", "cambridgeshire-criminal-justice-board")]
    [InlineData("OPCC and Constabulary", "cambridgeshire-opcc", "cambridgeshire-constabulary")]
    [InlineData("OPCC & CSPs", "cambridgeshire-opcc", "cambridgeshire-csps")]
    [InlineData("OPCC – Constabulary", "cambridgeshire-opcc", "cambridgeshire-constabulary")]
    [InlineData("OPCC Constabulary", "cambridgeshire-opcc", "cambridgeshire-constabulary")]
    [InlineData("Constabulary; YOS, CCJB", "cambridgeshire-constabulary", "cambridgeshire-youth-offending-services", "cambridgeshire-criminal-justice-board")]
    public void ResolveCell_SeveralLeads_FindsEachInOrder(string cell, params string[] partners) =>
        Assert.Equal(partners, Resolve(cell).Select(l => l.Found?.Partner.Name["partners/".Length..]));

    [Theory]
    [InlineData("County Council (DA)", "cambridgeshire-county-council", "DA")]
    [InlineData("Constabulary (PVP lead)", "cambridgeshire-constabulary", "PVP lead")]
    [InlineData("Cambridgeshire Criminal Justice Board (CCJB)", "cambridgeshire-criminal-justice-board", "")]
    [InlineData("CCJB (Delivery Group)", "cambridgeshire-criminal-justice-board-delivery-group", "")]
    [InlineData("Cambridgeshire Criminal Justice Board (Offender Sub-group)", "cambridgeshire-criminal-justice-board-offender-subgroup", "")]
    [InlineData("Safety Partners (CSPs)", "cambridgeshire-csps", "")]
    public void ResolveCell_Brackets_AreQualifierUnlessAName(string cell, string partner, string qualifier)
    {
        var lead = Assert.Single(Resolve(cell));
        Assert.Equal($"partners/{partner}", lead.Found?.Partner.Name);
        Assert.Equal(qualifier, lead.Qualifier);
    }

    [Theory]
    [InlineData("Council")]
    [InlineData("City Council")]
    [InlineData("Delivery Group")]
    [InlineData("Delivry Group")]
    [InlineData("Board")]
    [InlineData("CCC")]
    [InlineData("Fenland")]
    [InlineData("Community Safety")]
    [InlineData("Criminal Justice")]
    public void ResolveCell_SeveralBodiesCouldBeMeant_StaysAmbiguous(string cell)
    {
        var lead = Assert.Single(Resolve(cell));
        Assert.Equal(Match.Ambiguous, lead.Match);
        Assert.Null(lead.Found);
        Assert.InRange(lead.Candidates.Count, 2, 5);
    }

    [Theory]
    [InlineData("AF")]
    [InlineData("NP")]
    [InlineData("CS")]
    [InlineData("JH")]
    [InlineData("DG")]
    [InlineData("xyz")]
    [InlineData("CSB")]
    [InlineData("tbc")]
    [InlineData("lorem ipsum dolor")]
    [InlineData("Herefordshire Constabulary")]
    [InlineData("Leicestershire County Council")]
    [InlineData("Peterborough Criminal Justice Board")]
    [InlineData("CCJB - Housing Sub-group")]
    [InlineData("Knife Crime Delivery Group")]
    [InlineData("Finance Board")]
    [InlineData("Mental Health")]
    [InlineData("CCJB DG")]
    [InlineData("Countywide Community Safety Strategic Board XYZ")]
    [InlineData("Norfolk")]
    [InlineData("Fenland")]
    [InlineData("Sub-group")]
    [InlineData("All partners")]
    [InlineData("Chief Executive")]
    [InlineData("Health and Wellbeing Board")]
    [InlineData("Reducing Reoffending Sub Group")]
    public void ResolveCell_NoSuchBody_IsNeverFound(string cell) => Assert.All(Resolve(cell), l => Assert.Null(l.Found));

    [Theory]
    [InlineData("AF")]
    [InlineData("xyz")]
    [InlineData("lorem ipsum dolor")]
    public void ResolveCell_Nonsense_HasNoCandidates(string cell)
    {
        var lead = Assert.Single(Resolve(cell));
        Assert.Equal(Match.None, lead.Match);
        Assert.Empty(lead.Candidates);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  -  ")]
    [InlineData("/ / ;")]
    public void ResolveCell_NothingWritten_HasNoLeads(string cell) => Assert.Empty(Resolve(cell));

    private static IReadOnlyList<ResolvedText> Resolve(string cell) => new LeadResolver(Index).ResolveCell(cell);
}
