using PlanServices.Partners.V1;

namespace PlanServices.Partners.Features.Leads;

/// <summary>A body that a lead may mean.</summary>
/// <param name="Partner">The body.</param>
/// <param name="Name">The name of it that the lead was compared with.</param>
/// <param name="Nearness">0 to 1: 1 is the name.</param>
/// <param name="Difference">What differs from the name; empty where nothing does.</param>
internal sealed record Candidate(Partner Partner, string Name, double Nearness, string Difference = "")
{
    public string Reason => Difference.Length == 0 ? $"\"{Name}\"" : $"\"{Name}\", {Difference}";
}

/// <summary>What an officer said that a text means.</summary>
/// <param name="Partner">The body; null where it means none.</param>
/// <param name="Reason">Who said so, and when.</param>
internal sealed record Settlement(Partner? Partner, string Reason);

/// <summary>What one lead of a cell means.</summary>
/// <param name="Text">The lead as it was written, without its qualifier.</param>
/// <param name="Qualifier">What stood in brackets behind it, where that was no name of the same body.</param>
/// <param name="Match">Whether the directory knows it.</param>
/// <param name="Candidates">The nearest bodies, best first; with FOUND the first is meant.</param>
/// <param name="IsSettled">An officer said it.</param>
internal sealed record ResolvedText(
    string Text, string Qualifier, ResolvedLead.Types.Match Match, IReadOnlyList<Candidate> Candidates, bool IsSettled = false)
{
    /// <summary>The body that is meant; null unless FOUND.</summary>
    public Candidate? Found => Match is ResolvedLead.Types.Match.Found ? Candidates[0] : null;
}
