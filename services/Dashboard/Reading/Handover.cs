using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Caching.Memory;

namespace PlanServices.Dashboard.Reading;

/// <summary>
/// Hands what a page was first rendered from to the connection that makes it interactive, so that it is read once and nothing on
/// the page flickers. Where the connection ends up at another replica, or comes late, the page reads again.
/// </summary>
internal sealed class Handover : IDisposable
{
    private const string Key = "handover";
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(20);

    private readonly IMemoryCache _cache;
    private readonly string _id;
    private readonly bool _first;
    private readonly PersistingComponentStateSubscription _subscription;

    public Handover(IMemoryCache cache, PersistentComponentState state, IHttpContextAccessor context)
    {
        _cache = cache;
        if (state.TryTakeFromJson<string>(Key, out var id) && id is not null)
        {
            _id = id;
            return;
        }

        // A connection has a context too, but none whose answer is still to be written.
        _first = context.HttpContext is { WebSockets.IsWebSocketRequest: false, Response.HasStarted: false };
        _id = Guid.CreateVersion7().ToString();
        _subscription = state.RegisterOnPersisting(
            () =>
            {
                state.PersistAsJson(Key, _id);
                return Task.CompletedTask;
            },
            RenderMode.InteractiveServer);
    }

    /// <summary>Keeps a model for the connection that follows.</summary>
    public void Offer<TModel>(string of, TModel model)
        where TModel : class
    {
        if (_first)
            _cache.Set((_id, typeof(TModel), of), model, Kept);
    }

    /// <summary>What was kept; null where nothing was, or it was taken.</summary>
    public TModel? Take<TModel>(string of)
        where TModel : class
    {
        var key = (_id, typeof(TModel), of);
        if (!_cache.TryGetValue(key, out TModel? model))
            return null;

        _cache.Remove(key);
        return model;
    }

    public void Dispose() => _subscription.Dispose();
}
