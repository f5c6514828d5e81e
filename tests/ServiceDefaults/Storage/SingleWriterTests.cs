using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Storage;

public sealed class SingleWriterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Contexts _contexts = null!;
    private SingleWriter<NotesContext> _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _contexts = new Contexts($"Data Source={Path.Combine(_folder.Path, "notes.db")}");
        await using var db = _contexts.CreateDbContext();
        await db.Database.EnsureCreatedAsync(Deadline.Token);
        _writer = new SingleWriter<NotesContext>(_contexts, NullLogger<SingleWriter<NotesContext>>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync(CancellationToken.None);
        _folder.Dispose();
    }

    [Fact]
    public async Task WriteAsync_OneOfManyRefused_NeighboursAreStored()
    {
        // All wait before the writer starts, so that they share a transaction.
        var writes = Enumerable.Range(0, 50).Select(i => _writer.WriteAsync<int>(
            async (db, token) =>
            {
                db.Add(new Note { Text = $"{i}" });
                await db.SaveChangesAsync(token);
                return i % 7 == 3 ? throw ApiErrors.InvalidField("text", "No.") : new Written<int>(i);
            },
            Deadline.Token)).ToArray();
        await _writer.StartAsync(Deadline.Token);

        for (var i = 0; i < writes.Length; i++)
        {
            if (i % 7 == 3)
                await Assert.ThrowsAsync<ApiException>(() => writes[i]);
            else
                Assert.Equal(i, await writes[i]);
        }

        Assert.Equal(Enumerable.Range(0, 50).Where(i => i % 7 != 3).Select(i => $"{i}"), await TextsAsync());
    }

    [Fact]
    public async Task WriteAsync_WriteBreaksTheTransaction_OnlyThatOneIsRefused()
    {
        var before = Add("before");
        var breaker = _writer.WriteAsync<int>(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlRawAsync("ROLLBACK", token);
                return new Written<int>(0);
            },
            Deadline.Token);
        var after = Add("after");
        await _writer.StartAsync(Deadline.Token);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => breaker);
        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
        await before;
        await after;
        Assert.Equal(["before", "after"], await TextsAsync());
    }

    [Fact]
    public async Task WriteAsync_NotKept_AnswersAndStoresNothing()
    {
        await _writer.StartAsync(Deadline.Token);

        var answer = await _writer.WriteAsync(
            async (db, token) =>
            {
                db.Add(new Note { Text = "looked at" });
                await db.SaveChangesAsync(token);
                return new Written<int>(await db.Notes.CountAsync(token), Keep: false);
            },
            Deadline.Token);

        Assert.Equal(1, answer);
        Assert.Empty(await TextsAsync());
    }

    [Fact]
    public async Task WriteAsync_StorageRefuses_UnavailableAndNeighboursAreStored()
    {
        await _writer.StartAsync(Deadline.Token);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Add(null!));
        await Add("good");

        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
        Assert.DoesNotContain("NOT NULL", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["good"], await TextsAsync());
    }

    [Fact]
    public async Task WriteAsync_CancelledBeforeItsTurn_StoresNothing()
    {
        using var cancel = new CancellationTokenSource();
        var write = _writer.WriteAsync(AddingWrite("never"), cancel.Token);
        await cancel.CancelAsync();
        await _writer.StartAsync(Deadline.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Empty(await TextsAsync());
    }

    [Fact]
    public async Task WriteAsync_AfterStop_Unavailable()
    {
        await _writer.StartAsync(Deadline.Token);
        await Add("first");
        var waiting = Add("waiting");
        await _writer.StopAsync(Deadline.Token);

        await waiting.WaitAsync(Deadline.Token);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => Add("late"));
        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
        Assert.Equal(["first", "waiting"], await TextsAsync());
    }

    [Fact]
    public async Task StopAsync_WriterNeverRan_RefusesWhatWaits()
    {
        var waiting = Add("waiting");
        await _writer.StopAsync(Deadline.Token);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => waiting.WaitAsync(Deadline.Token));
        Assert.Equal(CommonReasons.Unavailable, refusal.Reason);
    }

    private Task<int> Add(string text) => _writer.WriteAsync(AddingWrite(text), Deadline.Token);

    private static Func<NotesContext, CancellationToken, Task<Written<int>>> AddingWrite(string text) => async (db, token) =>
    {
        db.Add(new Note { Text = text });
        await db.SaveChangesAsync(token);
        return new Written<int>(0);
    };

    private async Task<List<string>> TextsAsync()
    {
        await using var db = _contexts.CreateDbContext();
        return await db.Notes.OrderBy(n => n.Id).Select(n => n.Text).ToListAsync(Deadline.Token);
    }

    public sealed class Note
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    public sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();
    }

    private sealed class Contexts(string connectionString) : IDbContextFactory<NotesContext>
    {
        public NotesContext CreateDbContext() =>
            new(new DbContextOptionsBuilder<NotesContext>().UseSqlite(connectionString).Options);
    }
}
