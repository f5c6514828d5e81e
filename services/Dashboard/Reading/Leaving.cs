using Microsoft.AspNetCore.Components;

namespace PlanServices.Dashboard.Reading;

/// <summary>Reads a place again of which something was removed.</summary>
internal static class Leaving
{
    /// <summary>Where the address names a period that is gone, the page goes to the plan's newest.</summary>
    public static Task ReadAgainAsync(this NavigationManager navigation, Place place, string path, IEnumerable<string> removed)
    {
        var newest = place.Link(path, period: null);
        if (place.Period is null || !removed.Contains(place.Period.Name) || new Uri(navigation.Uri).PathAndQuery == newest)
            return place.ReadAgain();

        // Another address: the frame reads the place by itself.
        navigation.NavigateTo(newest);
        return Task.CompletedTask;
    }
}
