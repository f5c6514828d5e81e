namespace PlanServices.ServiceDefaults.Storage.Engines;

/// <summary>
/// Says that a database is in use: processes that use it share a lock on a file beside it, <c>{database}.lock</c>, and
/// <c>plan admin restore</c> wants it for itself before it puts another database in its place. The system lets go of it with the
/// process, however that ends.
/// </summary>
internal static class DatabaseLock
{
    /// <exception cref="InvalidOperationException">The database is being restored.</exception>
    public static FileStream Share(string file)
    {
        try
        {
            return new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"{file} is being restored; start again when that is done.", e);
        }
    }
}
