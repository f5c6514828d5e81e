using Grpc.Core;
using Microsoft.AspNetCore.Components;

namespace PlanServices.Dashboard.Reading;

/// <summary>A page of a plan and period: it reads its model when what it depends on changes, and says why where it cannot.</summary>
/// <typeparam name="TModel">What the page shows.</typeparam>
public abstract partial class PlanPage<TModel> : ComponentBase, IDisposable
    where TModel : class
{
    private readonly CancellationTokenSource _ended = new();
    private string? _read;
    private int _reading;

    protected PlanPage() => Ended = _ended.Token;

    /// <summary>Where the page stands.</summary>
    [CascadingParameter]
    public required Place Place { get; set; }

    [Inject]
    internal Handover Handover { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Context { get; set; }

    /// <summary>What the page shows; null until it was read.</summary>
    protected TModel? Model { get; set; }

    /// <summary>Why it cannot be shown; null where it can.</summary>
    protected Problem? Problem { get; private set; }

    /// <summary>Whether what the page is of is not there.</summary>
    protected bool Unknown => Problem is { HttpStatus: 404 } && Model is null;

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Ended { get; }

    /// <summary>What the model depends on: when it changes, the model is read again.</summary>
    protected virtual string DependsOn => $"{Place.Plan?.Name} {Place.Period?.Name} {Place.Period?.Revision}";

    /// <summary>Reads the model.</summary>
    protected abstract Task<TModel> ReadAsync(CancellationToken cancellationToken);

    protected override async Task OnParametersSetAsync()
    {
        if (_read == DependsOn)
            return;

        _read = DependsOn;
        Model = Handover.Take<TModel>(_read);
        if (Model is null)
            await ReadAgainAsync();
    }

    /// <summary>Reads the model again; what is shown stays until it is there.</summary>
    protected async Task ReadAgainAsync()
    {
        var mine = ++_reading;
        var of = _read!;
        try
        {
            var model = await ReadAsync(Ended);
            if (mine != _reading)
                return;

            (Model, Problem) = (model, null);
            Handover.Offer(of, model);
        }
        catch (RpcException e)
        {
            if (mine != _reading || Ended.IsCancellationRequested)
                return;

            Log.Failed(Loggers.CreateLogger(GetType()), GetType().Name, e.StatusCode, e.Status.Detail);
            Problem = Problem.Of(e);
            Problem.Answer(Context);
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;

        _ended.Cancel();
        _ended.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Page} could not be read ({Status}: {Detail})")]
        public static partial void Failed(ILogger logger, string page, StatusCode status, string detail);
    }
}
