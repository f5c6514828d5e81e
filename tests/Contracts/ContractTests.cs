using Google.Api;
using Google.Protobuf.Reflection;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Audit.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using Xunit;

namespace PlanServices.Contracts.Tests;

public class ContractTests
{
    [Fact]
    public void EveryMethod_UnaryOrServerStreaming_HasAJsonFace()
    {
        var methods = AllFiles().SelectMany(f => f.Services).SelectMany(s => s.Methods).ToArray();

        Assert.NotEmpty(methods);
        Assert.All(methods, m => Assert.True(
            m.IsClientStreaming || m.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not null, m.FullName));
    }

    [Fact]
    public void EveryJsonPath_IsUsedOnce()
    {
        var paths = AllFiles().SelectMany(f => f.Services).SelectMany(s => s.Methods)
            .Select(m => m.GetOptions().GetExtension(AnnotationsExtensions.Http))
            .Select(r => $"{r.PatternCase} {r.Get}{r.Post}{r.Patch}{r.Put}{r.Delete}");

        Assert.Equal(paths.Distinct(), paths);
    }

    [Theory]
    [InlineData("planservices.actions.v1")]
    [InlineData("planservices.audit.v1")]
    [InlineData("planservices.partners.v1")]
    [InlineData("planservices.reporting.v1")]
    public void ErrorReason_OfEachService_HasTheCommonReasons(string package)
    {
        var reasons = AllFiles().Where(f => f.Package == package).SelectMany(f => f.EnumTypes).Single(e => e.Name == "ErrorReason");

        Assert.Empty(CommonReasons.All.Except(reasons.Values.Select(v => v.Name)));
    }

    [Fact]
    public void EveryService_GeneratesAServerBase()
    {
        Type[] bases =
        [
            typeof(PlanService.PlanServiceBase), typeof(ActionService.ActionServiceBase), typeof(ProgressService.ProgressServiceBase),
            typeof(GridService.GridServiceBase), typeof(RefreshService.RefreshServiceBase), typeof(PartnerService.PartnerServiceBase),
            typeof(ClientService.ClientServiceBase), typeof(ReportService.ReportServiceBase), typeof(AuditService.AuditServiceBase),
        ];

        Assert.Equal(AllFiles().SelectMany(f => f.Services).Count(), bases.Length);
        Assert.All(bases, b => Assert.NotNull(b.GetCustomAttributes(typeof(BindServiceMethodAttribute), inherit: false).SingleOrDefault()));
    }

    private static FileDescriptor[] AllFiles() =>
    [
        .. typeof(PlanService).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(t => t.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>(),
    ];
}
