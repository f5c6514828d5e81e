using Google.Protobuf.Reflection;
using PlanServices.Actions.V1;
using Spectre.Console;

namespace PlanServices.Cli.Output;

/// <summary>Says how an update stands, and what does not fit together in it.</summary>
internal static class UpdateOutput
{
    public static void Write(IAnsiConsole console, ProgressUpdate update)
    {
        var name = update.Name.Split('/');
        console.WriteLine($"{name[3]}, {name[5]}: {update.State.ToString().ToLowerInvariant()}, etag {update.Etag}.");
        if (update.ReturnReason.Length > 0)
            console.WriteLine($"It was returned: {update.ReturnReason}");
        foreach (var warning in update.Warnings)
            console.WriteLine($"Warning {Code(warning.Code)}: {warning.Message}");
    }

    private static string Code(ProgressWarning.Types.Code code) =>
        ProgressWarning.Descriptor.EnumTypes.Single(e => e.Name == "Code").FindValueByNumber((int)code) is EnumValueDescriptor known
            ? known.Name["CODE_".Length..]
            : $"{(int)code}";
}
