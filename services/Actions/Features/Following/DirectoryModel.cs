using PlanServices.Partners.V1;

namespace PlanServices.Actions.Features.Following;

/// <summary>
/// The directory as the catalogue holds it in memory: built anew from <c>WatchPartners</c> at each start, so it is never older than
/// <see cref="Age"/>. Who decides by it looks at the age first.
/// </summary>
internal sealed class DirectoryModel(TimeProvider time)
{
    private readonly List<DirectoryChange> _coming = [];
    private volatile DirectoryState _state = DirectoryState.Empty;
    private bool _reset;
    private long _heardAt;
    private volatile bool _known;

    /// <summary>Raised after each consistent change of the state, with what changed; all that there is after a snapshot.</summary>
    public event Action<IReadOnlyList<DirectoryChange>>? Changed;

    /// <summary>What is known; empty until the directory has been read once.</summary>
    public DirectoryState State => _state;

    /// <summary>
    /// How long ago the directory last said that this is all: at most some 15 seconds while it can be reached.
    /// <see cref="TimeSpan.MaxValue"/> while it has never been read.
    /// </summary>
    public TimeSpan Age => _known ? time.GetElapsedTime(Interlocked.Read(ref _heardAt)) : TimeSpan.MaxValue;

    /// <summary>
    /// Whether a body may act for what these bodies lead on a day: it is one of them, it has taken the place of one by then, or it is a
    /// member of one of either then.
    /// </summary>
    /// <param name="partner">The body: <c>partners/{partner}</c>.</param>
    /// <param name="leadPartners">The bodies that lead; an empty name is nobody.</param>
    /// <param name="day">The day for which it is asked.</param>
    public bool ActsFor(string partner, IEnumerable<string> leadPartners, DateOnly day)
    {
        if (partner.Length == 0)
            return false;

        var state = _state;
        return leadPartners
            .Where(lead => lead.Length > 0)
            .SelectMany(lead => state.SuccessorsOf(lead, day).Prepend(lead))
            .Any(lead => lead == partner || state.IsMember(partner, lead, day));
    }

    /// <summary>Takes over a message of the stream. What is not whole yet is held back.</summary>
    public void Apply(WatchPartnersResponse message)
    {
        if (message.Reset)
        {
            _coming.Clear();
            _reset = true;
        }

        _coming.AddRange(message.Changes);
        if (!message.Consistent)
            return;

        var changes = _coming.ToArray();
        if (changes.Length > 0 || _reset)
            _state = (_reset ? DirectoryState.Empty : _state).With(changes, message.Revision);

        _coming.Clear();
        _reset = false;
        Interlocked.Exchange(ref _heardAt, time.GetTimestamp());
        _known = true;
        if (changes.Length > 0)
            Changed?.Invoke(changes);
    }

    /// <summary>Drops what was not whole when the stream ended.</summary>
    public void DropPart()
    {
        _coming.Clear();
        _reset = false;
    }
}
