using System.Buffers;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Reporting.Features.Summaries;

/// <summary>
/// GetStatusSummary over gRPC, for those who ask again and again: a summary that is handed out many times is written as bytes once. The
/// same method of <see cref="ReportGrpcService"/> is its JSON face.
/// </summary>
internal sealed class SummaryEndpoint(SummaryReads summaries)
{
    public async Task<SummaryAt> GetAsync(GetStatusSummaryRequest request, ServerCallContext context) =>
        await summaries.GetAsync(request.Name, request.Audience, context);

    /// <summary>Adds the method; only it is bound, and to bytes.</summary>
    internal sealed class Method : IServiceMethodProvider<SummaryEndpoint>
    {
        private static readonly Method<GetStatusSummaryRequest, SummaryAt> Get = new(
            MethodType.Unary,
            ReportService.Descriptor.FullName,
            nameof(ReportService.ReportServiceBase.GetStatusSummary),
            new Marshaller<GetStatusSummaryRequest>(
                (_, _) => throw new NotSupportedException("A server writes no requests."),
                context => GetStatusSummaryRequest.Parser.ParseFrom(context.PayloadAsReadOnlySequence())),
            new Marshaller<SummaryAt>(Write, _ => throw new NotSupportedException("A server reads no answers.")));

        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<SummaryEndpoint> context) => context.AddUnaryMethod(
            Get, [], (service, request, call) => service.GetAsync(request, call));

        private static void Write(SummaryAt summary, SerializationContext context)
        {
            context.SetPayloadLength(summary.Bytes.Length);
            context.GetBufferWriter().Write(summary.Bytes);
            context.Complete();
        }
    }
}

/// <summary>Puts the method before the one that the generated code binds.</summary>
internal static class SummaryEndpointHosting
{
    public static void MapSummaryEndpoint(this WebApplication app) => app.MapGrpcService<SummaryEndpoint>()
        .RequireAuthorization(Policies.PlanRead)
        .Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = -1);
}
