using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Storage.Engines;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Storage;

public sealed class SingleWriterTests
{
    [Theory]
    [DatabaseData]
    public async Task WriteAsync_OneOfManyRefused_NeighboursAreStored(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        // All wait before the writer starts, so that they share a transaction.
        var writes = Enumerable.Range(0, 50).Select(i => notes.Writer.WriteAsync<int>(
            async (db, token) =>
            {
                db.Add(new Note { Text = $"{i}" });
                await db.SaveChangesAsync(token);
                return i % 7 == 3 ? throw ApiErrors.InvalidField("text", "No.") : new Written<int>(i);
            },
            Deadline.Token)).ToArray();
        await notes.Writer.StartAsync(Deadline.Token);

        for (var i = 0; i < writes.Length; i++)
        {
            if (i % 7 == 3)
                await Assert.ThrowsAsync<ApiException>(() => writes[i]);
            else
                Assert.Equal(i, await writes[i]);
        }

        Assert.Equal(Enumerable.Range(0, 50).Where(i => i % 7 != 3).Select(i => $"{i}"), await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_WriteBreaksTheTransaction_OnlyThatOneIsRefused(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        var before = notes.Add("before");
        var breaker = notes.Writer.WriteAsync<int>(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlRawAsync("ROLLBACK", token);
                return new Written<int>(0);
            },
            Deadline.Token);
        var after = notes.Add("after");
        await notes.Writer.StartAsync(Deadline.Token);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => breaker);
        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
        await before;
        await after;
        Assert.Equal(["before", "after"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task OpenReads_WhileSomebodyWrites_SeeWhatIsCommittedAndDoNotWait(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);
        await notes.Add("committed");
        await using var reads = new OpenReads<NotesContext>(notes);
        await using var writing = notes.CreateDbContext();
        await using var transaction = await writing.Database.BeginWriteAsync(Deadline.Token);
        await writing.Notes.ExecuteUpdateAsync(n => n.SetProperty(x => x.Text, "not committed"), Deadline.Token);
        var select = new PreparedSql("""SELECT MAX("Text") FROM "Notes" """);

        var read = await reads.ReadAsync(select, (db, sql, token) => sql.Bind(db).ExecuteScalarAsync(token), Deadline.Token).WaitAsync(TimeSpan.FromSeconds(10), Deadline.Token);

        Assert.Equal("committed", read);
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_NotKept_AnswersAndStoresNothing(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);

        var answer = await notes.Writer.WriteAsync(
            async (db, token) =>
            {
                db.Add(new Note { Text = "looked at" });
                await db.SaveChangesAsync(token);
                return new Written<int>(await db.Notes.CountAsync(token), Keep: false);
            },
            Deadline.Token);

        Assert.Equal(1, answer);
        Assert.Empty(await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_NotKeptBesideOthers_RunsOnceAndSeesThoseBefore(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        var runs = 0;
        // All wait before the writer starts, so that they share a transaction.
        var before = notes.Add("before");
        var check = notes.Writer.WriteAsync(
            async (db, token) =>
            {
                runs++;
                db.Add(new Note { Text = "looked at" });
                await db.SaveChangesAsync(token);
                return new Written<int>(await db.Notes.CountAsync(token), Keep: false);
            },
            Deadline.Token);
        var after = notes.Add("after");
        await notes.Writer.StartAsync(Deadline.Token);

        Assert.Equal(2, await check);
        await before;
        await after;
        Assert.Equal(1, runs);
        Assert.Equal(["before", "after"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_StorageRefuses_UnavailableAndNeighboursAreStored(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => notes.Add(null!));
        await notes.Add("good");

        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
        Assert.DoesNotContain("NOT NULL", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("nothing of it was stored", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["good"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_AnswerToTheCommitIsLost_SaysThatItMayBeStored(DatabaseKind kind)
    {
        var lost = new LostAnswer();
        await using var notes = await Notes.OpenAsync(kind, lost);
        await notes.Writer.StartAsync(Deadline.Token);
        lost.Lose = true;

        var refusal = await Assert.ThrowsAsync<ApiException>(() => notes.Add("stored"));

        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
        Assert.Contains("may be stored", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("request_id", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["stored"], await notes.TextsAsync());
        lost.Lose = false;
        await notes.Add("next");
        Assert.Equal(["stored", "next"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_CancelledBeforeItsTurn_StoresNothing(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        using var cancel = new CancellationTokenSource();
        var write = notes.Writer.WriteAsync(Notes.AddingWrite("never"), cancel.Token);
        await cancel.CancelAsync();
        await notes.Writer.StartAsync(Deadline.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Empty(await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_AfterStop_Unavailable(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);
        await notes.Add("first");
        var waiting = notes.Add("waiting");
        await notes.Writer.StopAsync(Deadline.Token);

        await waiting.WaitAsync(Deadline.Token);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => notes.Add("late"));
        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
        Assert.Equal(["first", "waiting"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_WhileTheLastIsWritten_IsRefusedAndNotCarriedOut(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var last = notes.Writer.WriteAsync(Held("last", begun, goOn), Deadline.Token);
        await begun.Task.WaitAsync(Deadline.Token);
        var stop = notes.Writer.StopAsync(Deadline.Token);

        await Assert.ThrowsAsync<ApiException>(() => notes.Add("late"));
        goOn.SetResult();
        await stop;

        await last;
        Assert.Equal(["last"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task WriteAsync_WhileATransactionIsWritten_IsCommittedWithIt(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);
        var commits = 0;
        notes.Writer.Committed += () => commits++;
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = notes.Writer.WriteAsync(Held("first", begun, goOn), Deadline.Token);
        await begun.Task.WaitAsync(Deadline.Token);
        var second = notes.Add("second");
        goOn.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(1, commits);
        Assert.Equal(["first", "second"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task StopAsync_WriterNeverRan_RefusesWhatWaits(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        var waiting = notes.Add("waiting");
        await notes.Writer.StopAsync(Deadline.Token);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => waiting.WaitAsync(Deadline.Token));
        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
    }

    // Each has a writer of its own, as processes have.
    [Theory]
    [DatabaseData]
    public async Task WriteAsync_SeveralWritersOfOneDatabase_NoUpdateIsLost(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);
        await notes.Add("0");
        var writers = Enumerable.Range(0, 3).Select(_ => notes.NewWriter()).ToArray();
        foreach (var writer in writers)
            await writer.StartAsync(Deadline.Token);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => writers[i % 3].WriteAsync<int>(
            async (db, token) =>
            {
                var note = await db.Notes.SingleAsync(token);
                note.Text = $"{int.Parse(note.Text, CultureInfo.InvariantCulture) + 1}";
                await db.SaveChangesAsync(token);
                return new Written<int>(0);
            },
            Deadline.Token)));
        foreach (var writer in writers)
            await writer.StopAsync(Deadline.Token);

        Assert.Equal(["60"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task Reads_BesideAWriter_SeeWhatWasCommittedAndDoNotWait(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);
        await notes.Add("before");
        await using var reading = notes.CreateDbContext();
        await using var read = await reading.Database.BeginReadAsync(Deadline.Token);
        Assert.Equal(1, await reading.Notes.CountAsync(Deadline.Token));

        await notes.Writer.WriteAsync<int>(
            async (db, token) =>
            {
                db.Add(new Note { Text = "during" });
                await db.SaveChangesAsync(token);
                // Of a transaction that is not committed nobody sees anything.
                Assert.Equal(["before"], await notes.TextsAsync());
                return new Written<int>(0);
            },
            Deadline.Token);

        Assert.Equal(1, await reading.Notes.CountAsync(Deadline.Token));
        Assert.Equal(["before", "during"], await notes.TextsAsync());
    }

    [Theory]
    [DatabaseData]
    public async Task Rows_InsertedAndChanged_AreReadAsTheyWere(DatabaseKind kind)
    {
        await using var notes = await Notes.OpenAsync(kind);
        await notes.Writer.StartAsync(Deadline.Token);
        // Longer than SQL Server's longest text of limited length, so that a cut would show.
        var (first, second) = (new Note { Text = new string('ž', 100) }, new Note { Text = new string('\u2192', 9000) });

        await notes.Writer.WriteAsync<int>(
            async (db, token) =>
            {
                await db.Rows<Note>().InsertAsync(db, first, token);
                await db.Rows<Note>().InsertAsync(db, second, token);
                var before = db.Rows<Note>().Copy(first);
                first.Text = new string('x', 5000);
                await db.Rows<Note>().UpdateAsync(db, first, before, token);
                return new Written<int>(0);
            },
            Deadline.Token);

        Assert.True(second.Id > first.Id && first.Id > 0);
        Assert.Equal([first.Text, second.Text], await notes.TextsAsync());
    }

    public sealed class Note
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    public sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AdaptTo(Database);
    }

    // A write that says when it has begun, and goes on when it is told.
    private static Func<NotesContext, CancellationToken, Task<Written<int>>> Held(string text, TaskCompletionSource begun, TaskCompletionSource goOn) =>
        async (db, token) =>
        {
            begun.TrySetResult();
            await goOn.Task.WaitAsync(token);
            return await Notes.AddingWrite(text)(db, token);
        };

    // Stands for a connection that ends when the commit is done and before it is known.
    private sealed class LostAnswer : DbTransactionInterceptor
    {
        public bool Lose { get; set; }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            Lose ? throw new IOException("The connection is lost.") : Task.CompletedTask;
    }

    // A database of notes and its writer.
    private sealed class Notes : IDbContextFactory<NotesContext>, IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly IInterceptor[] _interceptors;

        private Notes(TestDatabase database, IInterceptor[] interceptors)
        {
            (_database, _interceptors) = (database, interceptors);
            Writer = NewWriter();
        }

        public SingleWriter<NotesContext> Writer { get; }

        public static async Task<Notes> OpenAsync(DatabaseKind kind, params IInterceptor[] interceptors)
        {
            var notes = new Notes(TestDatabase.New(kind), interceptors);
            await using var db = notes.CreateDbContext();
            await db.Database.EnsureCreatedAsync(Deadline.Token);
            await Engine.For(notes._database.ConnectionString).ConfigureAsync(db.Database, Deadline.Token);
            return notes;
        }

        public static Func<NotesContext, CancellationToken, Task<Written<int>>> AddingWrite(string text) => async (db, token) =>
        {
            db.Add(new Note { Text = text });
            await db.SaveChangesAsync(token);
            return new Written<int>(0);
        };

        public SingleWriter<NotesContext> NewWriter() => new(this, NullLogger<SingleWriter<NotesContext>>.Instance);

        public Task<int> Add(string text) => Writer.WriteAsync(AddingWrite(text), Deadline.Token);

        public async Task<List<string>> TextsAsync()
        {
            await using var db = CreateDbContext();
            return await db.Notes.OrderBy(n => n.Id).Select(n => n.Text).ToListAsync(Deadline.Token);
        }

        public NotesContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<NotesContext>();
            Engine.For(_database.ConnectionString).Use(options, _database.ConnectionString);
            options.AddInterceptors(_interceptors);
            return new NotesContext(options.Options);
        }

        public async ValueTask DisposeAsync()
        {
            await Writer.StopAsync(CancellationToken.None);
            await _database.DisposeAsync();
        }
    }
}
