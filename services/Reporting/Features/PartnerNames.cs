using System.Collections.Frozen;
using Grpc.Core;
using PlanServices.Partners.V1;

namespace PlanServices.Reporting.Features;

/// <summary>The names of the directory's partners, read now and then; while the directory is out of reach, those read last.</summary>
internal sealed partial class PartnerNames(PartnerService.PartnerServiceClient partners, TimeProvider time, ILogger<PartnerNames> logger)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private FrozenDictionary<string, string> _names = FrozenDictionary<string, string>.Empty;
    private long _readAt;

    /// <summary>The display name of each partner by its resource name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetAsync(CancellationToken cancellationToken)
    {
        if (_readAt != 0 && time.GetElapsedTime(_readAt) < Freshness)
            return _names;

        try
        {
            Dictionary<string, string> names = [];
            var request = new ListPartnersRequest { PageSize = 1000 };
            do
            {
                var page = await partners.ListPartnersAsync(
                    request, deadline: time.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellationToken);
                foreach (var partner in page.Partners)
                    names[partner.Name] = partner.DisplayName;

                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);

            _names = names.ToFrozenDictionary();
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.OutOfReach(logger, e.Status.Detail);
        }

        _readAt = time.GetTimestamp();
        return _names;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The partner directory is out of reach ({Detail}); leads show as they were written")]
        public static partial void OutOfReach(ILogger logger, string detail);
    }
}
