using Google.Protobuf.Collections;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using State = PlanServices.Actions.V1.Section.Types.State;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>The sections of a draft's themes.</summary>
internal sealed class DraftSections(RefreshDraft draft)
{
    public void Add(AddSection item, string reason, string field)
    {
        if (draft.Theme(item.Theme, $"{field}.theme") is not { } theme)
            return;

        var section = new Section
        {
            Id = item.Section?.Id ?? "",
            DisplayName = item.Section?.DisplayName ?? "",
            Summary = item.Section?.Summary ?? "",
            State = State.Active,
        };
        if (theme.Sections.FirstOrDefault(s => s.Id == section.Id) is { } there)
        {
            draft.Wrong<string>($"{field}.section.id", there.State == State.Moved
                ? $"{theme.Name} had a section {section.Id}, which was moved to {there.MovedTo}; its id stays taken, so that the way can be followed."
                : $"{theme.Name} has a section {section.Id} already.");
            return;
        }

        var name = NameOf(theme, section);
        for (var i = 0; i < item.Replaces.Count; i++)
        {
            if (Find(item.Replaces[i], $"{field}.replaces[{i}]") is not var (owner, replaced))
                continue;

            section.Replaces.Add(item.Replaces[i]);
            replaced.ReplacedBy.Add(name);
            draft.Touch(owner, reason);
        }

        Place(theme.Sections, section, item.Position);
        draft.Touch(theme, reason);
    }

    public void Change(ChangeSection item, string reason, string field)
    {
        if (FindActive(item.Section, $"{field}.section") is not var (theme, section))
            return;

        if (item.DisplayName.Length > 0)
            section.DisplayName = item.DisplayName;
        if (item.Summary.Length > 0)
            section.Summary = item.Summary;
        if (item.Position > 0)
            Place(theme.Sections, section, item.Position);
        draft.Touch(theme, reason);
    }

    // Where it stood a trace stays, so that the way can be followed from either end.
    public void Move(MoveSection item, string reason, string field)
    {
        if (FindActive(item.Section, $"{field}.section") is not var (from, section) || draft.Theme(item.Theme, $"{field}.theme") is not { } to)
            return;

        if (from == to)
        {
            draft.Wrong<string>($"{field}.theme", $"{item.Section} is in {to.Name} already.");
            return;
        }

        if (to.Sections.FirstOrDefault(s => s.Id == section.Id) is { } there)
        {
            // It comes back: the trace that it left there is itself again.
            if (there.State != State.Moved)
            {
                draft.Wrong<string>($"{field}.theme", $"{to.Name} has a section {section.Id} already.");
                return;
            }

            to.Sections.Remove(there);
        }

        var moved = section.Clone();
        moved.MovedFrom = NameOf(from, section);
        moved.MovedTo = "";
        (section.State, section.MovedTo) = (State.Moved, NameOf(to, moved));
        Place(from.Sections, section, 0);
        Place(to.Sections, moved, item.Position);
        draft.Touch(from, reason);
        draft.Touch(to, reason);
    }

    public void Retire(RetireSection item, string reason, string field)
    {
        if (FindActive(item.Section, $"{field}.section") is not var (theme, section))
            return;

        section.State = State.Retired;
        Place(theme.Sections, section, 0);
        draft.Touch(theme, reason);
    }

    private (Theme Theme, Section Section)? FindActive(string name, string field)
    {
        if (Find(name, field) is not { } found)
            return null;
        if (found.Section.State is State.Active or State.Unspecified)
            return found;

        draft.Wrong<string>(field, found.Section.State == State.Moved ? $"{name} was moved to {found.Section.MovedTo}." : $"{name} is retired.");
        return null;
    }

    private (Theme Theme, Section Section)? Find(string name, string field)
    {
        var form = ResourceName.Section.Of(draft.PlanId, "{theme}", "{section}");
        if (ResourceName.Section.TryParse(name) is [_, var themeId, var sectionId]
            && draft.TryTheme(ResourceName.Theme.Of(draft.PlanId, themeId)) is { } theme
            && theme.Sections.FirstOrDefault(s => s.Id == sectionId) is { } section
            && NameOf(theme, section) == name)
            return (theme, section);

        draft.Wrong<string>(field, RefreshDraft.NoSuch(name, form));
        return null;
    }

    private string NameOf(Theme theme, Section section) =>
        ResourceName.Section.Of(draft.PlanId, theme.Name[(theme.Name.LastIndexOf('/') + 1)..], section.Id);

    // Puts a section in its place: active ones first, from 1, the others behind them; 0 is the last of its kind.
    private static void Place(RepeatedField<Section> sections, Section section, int position)
    {
        sections.Remove(section);
        var active = sections.Count(s => s.State is State.Active or State.Unspecified);
        var at = section.State != State.Active && section.State != State.Unspecified ? sections.Count
            : position > 0 ? Math.Min(position - 1, active)
            : active;
        sections.Insert(at, section);
    }
}
