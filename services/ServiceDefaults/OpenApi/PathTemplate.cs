using System.Text.RegularExpressions;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>One segment of a path that a caller fills in.</summary>
/// <param name="Name">The variable in the path: <c>plan</c>.</param>
/// <param name="Field">The request's field that it is part of, as the contract spells it: <c>plan.name</c>.</param>
internal readonly record struct PathVariable(string Name, string Field);

/// <summary>
/// A path of <c>google.api.http</c> as OpenAPI writes it: <c>/v1/{name=plans/*}:lock</c> is <c>/v1/plans/{plan}:lock</c>.
/// </summary>
internal sealed partial class PathTemplate
{
    private readonly List<PathVariable> _variables = [];

    public PathTemplate(string template, Func<string, string?> variableOf)
    {
        Path = Binding().Replace(template, match =>
        {
            var field = match.Groups["field"].Value;
            var segments = (match.Groups["pattern"] is { Success: true } pattern ? pattern.Value : "*").Split('/');
            return string.Join('/', segments.Select((s, i) => s.StartsWith('*') ? Variable(field, i > 0 ? variableOf(segments[i - 1]) : null) : s));
        });
    }

    public string Path { get; }

    public IReadOnlyList<PathVariable> Variables => _variables;

    private string Variable(string field, string? name)
    {
        name ??= field[(field.LastIndexOf('.') + 1)..];
        if (_variables.Count(v => v.Name == name) is > 0 and var used)
            name += used + 1;
        _variables.Add(new PathVariable(name, field));
        return $"{{{name}}}";
    }

    [GeneratedRegex(@"\{(?<field>[^=}]+)(=(?<pattern>[^}]+))?\}")]
    private static partial Regex Binding();
}
