using System.Text.RegularExpressions;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Partners;

/// <summary>The fields of a partner that a caller writes, and their limits.</summary>
internal static partial class PartnerFields
{
    private const int MostAliases = 100;
    private const int MostIdentifiers = 20;
    private const int MostFormerNames = 50;

    public static readonly FieldSet<Partner> Changeable = new(
        ("display_name", p => p.DisplayName.Length > 0, (to, from) => to.DisplayName = from.DisplayName),
        ("short_name", p => p.ShortName.Length > 0, (to, from) => to.ShortName = from.ShortName),
        ("kind", p => p.Kind != Partner.Types.Kind.Unspecified, (to, from) => to.Kind = from.Kind),
        ("aliases", p => p.Aliases.Count > 0, (to, from) => FieldSet.Replace(to.Aliases, from.Aliases)),
        ("identifiers", p => p.Identifiers.Count > 0, (to, from) => FieldSet.Replace(to.Identifiers, from.Identifiers)),
        ("web_uri", p => p.WebUri.Length > 0, (to, from) => to.WebUri = from.WebUri),
        ("description", p => p.Description.Length > 0, (to, from) => to.Description = from.Description),
        ("former_names", p => p.FormerNames.Count > 0, (to, from) => FieldSet.Replace(to.FormerNames, from.FormerNames)),
        ("start_date", p => p.StartDate is not null, (to, from) => to.StartDate = from.StartDate),
        ("end_date", p => p.EndDate is not null, (to, from) => to.EndDate = from.EndDate),
        ("area", p => p.Area.Length > 0, (to, from) => to.Area = from.Area));

    /// <summary>INVALID_ARGUMENT that names all the fields that are wrong.</summary>
    /// <param name="partner">The partner as it would be stored.</param>
    /// <param name="isArea">Whether there is a police area of this name.</param>
    public static void Check(Partner partner, Func<string, bool> isArea)
    {
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(partner.DisplayName) || partner.DisplayName.Length > PartnerEntity.MaximumName)
            Add("display_name", $"It is required, at most {PartnerEntity.MaximumName} characters.");
        Length(partner.ShortName, PartnerEntity.MaximumName, "short_name");
        if (!Enum.IsDefined(partner.Kind))
            Add("kind", $"{(int)partner.Kind} is no kind of partner.");

        Count(partner.Aliases.Count, MostAliases, "aliases");
        for (var i = 0; i < partner.Aliases.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(partner.Aliases[i]) || partner.Aliases[i].Length > PartnerEntity.MaximumName)
                Add($"aliases[{i}]", $"It is empty, or over {PartnerEntity.MaximumName} characters.");
        }

        Count(partner.Identifiers.Count, MostIdentifiers, "identifiers");
        for (var i = 0; i < partner.Identifiers.Count; i++)
            Identifier(partner.Identifiers[i], i);

        if (partner.WebUri.Length > PartnerEntity.MaximumUri
            || (partner.WebUri.Length > 0 && !(Uri.TryCreate(partner.WebUri, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")))
            Add("web_uri", "It is no web address, as in https://www.example.org.");
        Length(partner.Description, PartnerEntity.MaximumDescription, "description");
        FormerNames();
        var (first, last) = (Dates.Read(partner.StartDate, "partner.start_date", errors), Dates.Read(partner.EndDate, "partner.end_date", errors));
        if (last < first)
            Add("end_date", "It is before the first day.");
        if (partner.Area.Length > 0 && !isArea(partner.Area))
            Add("area", $"There is no {partner.Area}.");
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);

        void FormerNames()
        {
            Count(partner.FormerNames.Count, MostFormerNames, "former_names");
            DateOnly? previous = null;
            for (var i = 0; i < partner.FormerNames.Count; i++)
            {
                var name = partner.FormerNames[i];
                if (string.IsNullOrWhiteSpace(name.DisplayName) || name.DisplayName.Length > PartnerEntity.MaximumName)
                    Add($"former_names[{i}].display_name", $"It is required, at most {PartnerEntity.MaximumName} characters.");
                Length(name.ShortName, PartnerEntity.MaximumName, $"former_names[{i}].short_name");
                var from = Dates.Read(name.StartDate, $"partner.former_names[{i}].start_date", errors);
                if (Dates.Read(name.EndDate, $"partner.former_names[{i}].end_date", errors) is not { } to)
                {
                    if (!errors.Exists(e => e.Field == $"partner.former_names[{i}].end_date"))
                        Add($"former_names[{i}].end_date", "It is required: the last day on which the name was in use.");
                    continue;
                }

                if (to < from)
                    Add($"former_names[{i}].end_date", "It is before the first day.");
                if (to <= previous || from <= previous)
                    Add($"former_names[{i}]", "Names stand in the order of time, and one day has one name.");
                previous = to;
            }
        }

        void Identifier(PartnerIdentifier identifier, int i)
        {
            if (!Scheme().IsMatch(identifier.Scheme))
                Add($"identifiers[{i}].scheme", "It is required: 1 to 40 of A-Z, 0-9 and _, as in GSS, ODS, COMPANIES_HOUSE, CHARITY.");
            var form = identifier.Scheme switch
            {
                "GSS" => Gss(),
                "ODS" => Ods(),
                "COMPANIES_HOUSE" => Company(),
                "CHARITY" => Charity(),
                _ => AnyValue(),
            };
            if (!form.IsMatch(identifier.Value))
                Add($"identifiers[{i}].value", $"'{identifier.Value}' has not the form of {identifier.Scheme}.");
        }

        void Add(string field, string description) => errors.Add(new FieldError($"partner.{field}", description));

        void Length(string text, int most, string field)
        {
            if (text.Length > most)
                Add(field, $"It has {text.Length:N0} characters; at most {most:N0} are kept.");
        }

        void Count(int count, int most, string field)
        {
            if (count > most)
                Add(field, $"There are {count}; at most {most} are kept.");
        }
    }

    [GeneratedRegex("^[A-Z][A-Z0-9_]{0,39}\\z")]
    private static partial Regex Scheme();

    // The statistics office's nine-character codes: a country, two digits of the kind of area, six of the area.
    [GeneratedRegex("^[EKNSW][0-9]{8}\\z")]
    private static partial Regex Gss();

    [GeneratedRegex("^[A-Z0-9]{3,10}\\z")]
    private static partial Regex Ods();

    // Eight digits, or two letters and six digits.
    [GeneratedRegex("^([0-9]{8}|[A-Z]{2}[0-9]{6})\\z")]
    private static partial Regex Company();

    // Six or seven digits, and behind a dash the number of a linked charity.
    [GeneratedRegex("^[0-9]{6,7}(-[0-9]{1,4})?\\z")]
    private static partial Regex Charity();

    [GeneratedRegex("^\\S.{0,78}\\S?\\z")]
    private static partial Regex AnyValue();
}
