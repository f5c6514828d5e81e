namespace PlanServices.ServiceDefaults.Storage.Engines;

/// <summary>What SQL Server is told by hand.</summary>
internal static class SqlServerStatements
{
    public const string Save = "SAVE TRANSACTION one_write";

    public const string RollBack = "ROLLBACK TRANSACTION one_write";

    public const string LastKey = "SELECT CAST(SCOPE_IDENTITY() AS int)";

    /// <summary>Before a SELECT outside a transaction: it sees what is committed, and waits for no writer.</summary>
    public const string ReadSnapshot = "SET TRANSACTION ISOLATION LEVEL SNAPSHOT;\n";

    /// <summary>
    /// Takes the writer's place for the transaction, as SQLite's BEGIN IMMEDIATE does. The server lets go of it with the transaction, however
    /// that ends. A little less patient than a command's own time limit, whose error would say less.
    /// </summary>
    public const string TakeTurn = """
        DECLARE @turn int;
        EXEC @turn = sys.sp_getapplock @Resource = N'planservices writer', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 25000;
        IF @turn < 0 THROW 50001, N'Another process has kept the writer''s place for 25 seconds.', 1;
        """;

    /// <summary>Azure has it on from the beginning.</summary>
    public const string AllowSnapshots = """
        IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND snapshot_isolation_state <> 1)
            ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
        """;

    /// <summary>Overwrites what deleted rows left on the pages. Azure (5) has no such thing.</summary>
    public const string CleanFreeSpace = """
        DECLARE @name sysname = DB_NAME();
        IF CAST(SERVERPROPERTY('EngineEdition') AS int) <> 5 EXEC sys.sp_clean_db_free_space @name;
        """;
}
