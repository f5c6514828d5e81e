using System.Collections.Frozen;
using Grpc.Core;
using PlanServices.Partners.V1;

namespace PlanServices.Reporting.Features;

/// <summary>The names of the directory's partners, read now and then; while the directory is out of reach, those read last.</summary>
internal sealed partial class PartnerNames(PartnerService.PartnerServiceClient partners, TimeProvider time, ILogger<PartnerNames> logger)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FreshnessOfFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private volatile FrozenDictionary<string, string> _names = FrozenDictionary<string, string>.Empty;
    private Task? _reading;
    private long _readAt;
    private TimeSpan _goodFor;

    /// <summary>The display name of each partner by its resource name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetAsync(CancellationToken cancellationToken)
    {
        await Reading().WaitAsync(cancellationToken);
        return _names;
    }

    // One reading at a time, for all who ask while it lasts; it ends by itself, so that no caller takes it away from another.
    private Task Reading()
    {
        lock (_lock)
        {
            if (_reading is null || (_reading.IsCompleted && time.GetElapsedTime(_readAt) >= _goodFor))
                (_readAt, _reading) = (time.GetTimestamp(), ReadAsync());

            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            Dictionary<string, string> names = [];
            var request = new ListPartnersRequest { PageSize = 1000 };
            do
            {
                var page = await partners.ListPartnersAsync(request, cancellationToken: patience.Token);
                foreach (var partner in page.Partners)
                    names[partner.Name] = partner.DisplayName;

                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);

            (_names, _goodFor) = (names.ToFrozenDictionary(), Freshness);
        }
        catch (RpcException e)
        {
            _goodFor = FreshnessOfFailure;
            Log.OutOfReach(logger, e.Status.Detail);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The partner directory is out of reach ({Detail}); leads show as they were written")]
        public static partial void OutOfReach(ILogger logger, string detail);
    }
}
