using Google.Protobuf;
using Google.Protobuf.Reflection;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Expunging;

/// <summary>The answers that are kept for requests sent again.</summary>
internal static class StoredAnswers
{
    private static readonly TypeRegistry Types = TypeRegistry.FromFiles(
        PlanServiceReflection.Descriptor,
        ActionServiceReflection.Descriptor,
        ProgressServiceReflection.Descriptor,
        GridServiceReflection.Descriptor,
        RefreshServiceReflection.Descriptor);

    /// <summary>The answer with a text removed; null where it does not have it.</summary>
    public static byte[]? Without(StoredRequest stored, TextRemoval removal)
    {
        var answer = Types.Find(stored.ResponseType)?.Parser.ParseFrom(stored.Response)
            ?? throw new InvalidOperationException($"{stored.ResponseType} is no message of this service.");
        return removal.From(answer) ? answer.ToByteArray() : null;
    }
}
