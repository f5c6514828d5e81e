using System.CommandLine;

namespace PlanServices.Cli.Commands;

/// <summary><c>--format</c>: what is written to <c>--output</c>. Without it the output's name tells, where its end is that of a format.</summary>
internal sealed class FormatOption
{
    private readonly string[] _formats;
    private readonly Option<string> _output;
    private readonly string _otherwise;

    /// <summary>The option.</summary>
    /// <param name="output">Where it is written to.</param>
    /// <param name="formats">The formats, by the ends of their files where they have one of their own; the first is taken where nothing tells.</param>
    public FormatOption(Option<string> output, params string[] formats)
    {
        (_output, _formats, _otherwise) = (output, formats, formats[0]);
        Option = new Option<string>("--format") { Description = $"What to write; otherwise the output's name tells, and where it does not, {_otherwise}." };
        Option.AcceptOnlyFromAmong(formats);
    }

    public Option<string> Option { get; }

    public T Read<T>(ParseResult result)
        where T : struct, Enum => Enum.Parse<T>(result.GetValue(Option) ?? OfName(result.GetValue(_output)!), ignoreCase: true);

    private string OfName(string output)
    {
        var end = Path.GetExtension(output).TrimStart('.').ToLowerInvariant();
        var format = end switch
        {
            "htm" => "html",
            "md" => "markdown",
            _ => end,
        };
        return Array.IndexOf(_formats, format) >= 0 ? format : _otherwise;
    }
}
