using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using PlanServices.Actions.V1;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>
/// The contracts with their comments, which generated descriptors lack: read from the descriptor set in the contracts' assembly.
/// </summary>
internal sealed class Contract
{
    private readonly IReadOnlyList<FileDescriptor> _files;
    private readonly Dictionary<string, MethodDescriptor> _methods;
    private readonly Dictionary<string, string> _variables;

    private Contract(IReadOnlyList<FileDescriptor> files)
    {
        _files = files;
        _methods = files.SelectMany(f => f.Services).SelectMany(s => s.Methods).ToDictionary(m => m.FullName);
        _variables = files.SelectMany(f => f.MessageTypes)
            .Select(m => m.GetOptions()?.GetExtension(ResourceExtensions.Resource))
            .SelectMany(r => r?.Pattern ?? [])
            .Select(p => p.Split('/'))
            .SelectMany(p => p.Zip(p.Skip(1)))
            .Where(p => p.Second.StartsWith('{'))
            .DistinctBy(p => p.First)
            .ToDictionary(p => p.First, p => p.Second.Trim('{', '}'));
    }

    public static Contract Load()
    {
        using var stream = typeof(Plan).Assembly.GetManifestResourceStream("contracts.binpb")
            ?? throw new InvalidOperationException("The contracts' assembly has no descriptor set.");
        ExtensionRegistry extensions = [ResourceExtensions.Resource, FieldBehaviorExtensions.FieldBehavior];
        return new Contract(FileDescriptor.BuildFromByteStrings(
            FileDescriptorSet.Parser.ParseFrom(stream).File.Select(f => f.ToByteString()), extensions));
    }

    /// <summary>A method by its full name: <c>planservices.actions.v1.PlanService.GetPlan</c>.</summary>
    public MethodDescriptor Method(string fullName) => _methods[fullName];

    /// <summary>A message or enum of the top level, by its full name.</summary>
    public MessageDescriptor Message(string fullName) => _files.SelectMany(f => f.MessageTypes).First(m => m.FullName == fullName);

    /// <summary>The reasons for which the services of a package fail.</summary>
    public IEnumerable<EnumDescriptor> ErrorReasons(string package) =>
        _files.Where(f => f.Package == package).SelectMany(f => f.EnumTypes).Where(e => e.Name == "ErrorReason");

    /// <summary>What a resource's pattern calls the ids of a collection: <c>plan</c> of <c>plans</c>.</summary>
    public string? VariableOf(string collection) => _variables.GetValueOrDefault(collection);
}

/// <summary>What contracts say of their elements.</summary>
internal static class ContractElements
{
    /// <summary>The comment above an element, as Markdown; null where it has none.</summary>
    public static string? Comment(this DescriptorBase element)
    {
        var lines = element.Declaration?.LeadingComments?.Split('\n').Select(l => (l.StartsWith(' ') ? l[1..] : l).TrimEnd());
        return lines is null ? null : string.Join('\n', lines).Trim();
    }

    public static bool Is(this FieldDescriptor field, FieldBehavior behavior) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(behavior) == true;
}
