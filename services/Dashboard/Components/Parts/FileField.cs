using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace PlanServices.Dashboard.Components.Parts;

/// <summary>A field for a file. Until the page listens to it it is disabled: what were chosen before would be heard by nobody.</summary>
public sealed class FileField : InputFile
{
    private bool _listens;

    /// <summary>No file is taken now.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    protected override void OnParametersSet()
    {
        AdditionalAttributes ??= new Dictionary<string, object>();
        AdditionalAttributes["disabled"] = Disabled || !_listens;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!firstRender)
            return;

        _listens = true;
        OnParametersSet();
        StateHasChanged();
    }
}
