namespace PlanServices.Partners;

/// <summary>Settings <c>Partners:…</c> of the service.</summary>
public sealed class PartnersOptions
{
    public const string Section = "Partners";

    /// <summary>
    /// The police force area whose bodies are meant where a request names none: the id of one of <c>ListPoliceAreas</c>. Default
    /// <c>cambridgeshire</c>.
    /// </summary>
    public string HomeArea { get; set; } = "cambridgeshire";
}
