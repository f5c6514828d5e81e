namespace PlanServices.ServiceDefaults.Changes;

/// <summary>Counts what goes into one message of a stream, so that it stays well below the 4 MB that a gRPC client takes.</summary>
public struct MessageSize
{
    /// <summary>How many changes a message has at the most.</summary>
    public const int MostChanges = 200;

    private const int MostBytes = 512 << 10;

    private int _changes;
    private int _bytes;

    /// <summary>True where a change of this size goes into the message; false where it begins the next one.</summary>
    public bool Takes(int bytes)
    {
        if (_changes > 0 && (_changes == MostChanges || _bytes + bytes > MostBytes))
        {
            (_changes, _bytes) = (1, bytes);
            return false;
        }

        _changes++;
        _bytes += bytes;
        return true;
    }
}
