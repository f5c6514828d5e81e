using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.Features.Model;
using PlanServices.Testing;

namespace PlanServices.Reporting.Tests.Features.Model;

/// <summary>A read model without a service around it: a database, and what is in memory of it.</summary>
internal sealed class ModelDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private CatalogueModel _writer;

    private ModelDatabase()
    {
        Contexts = new PooledDbContextFactory<ReportingContext>(
            new DbContextOptionsBuilder<ReportingContext>().UseSqlite($"Data Source={Path.Combine(_folder.Path, "model.db")};Pooling=False").Options);
        _writer = new CatalogueModel(Contexts, Plans, TimeProvider.System);
    }

    public IDbContextFactory<ReportingContext> Contexts { get; }

    public PlanModels Plans { get; private set; } = new();

    public static async Task<ModelDatabase> CreateAsync()
    {
        var database = new ModelDatabase();
        await using var db = await database.Contexts.CreateDbContextAsync(Deadline.Token);
        await db.Database.MigrateAsync(Deadline.Token);
        return database;
    }

    public async Task ApplyAsync(IEnumerable<WatchChangesResponse> messages)
    {
        foreach (var message in messages)
            await _writer.ApplyAsync(message, Deadline.Token);
    }

    /// <summary>Drops what is not whole, as a lost connection does.</summary>
    public ValueTask LoseConnectionAsync() => _writer.DisposeAsync();

    /// <summary>Forgets what is in memory and reads it from the database, as a service that starts does.</summary>
    public async Task RestartAsync()
    {
        await _writer.DisposeAsync();
        Plans = new PlanModels();
        _writer = new CatalogueModel(Contexts, Plans, TimeProvider.System);
        await _writer.ReadAsync(Deadline.Token);
    }

    public async Task ClearAsync() => await _writer.ClearAsync(Deadline.Token);

    /// <summary>All that is stored, by name.</summary>
    public async Task<Dictionary<string, byte[]>> StoredAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync(Deadline.Token);
        var stored = (await db.Resources.ToListAsync(Deadline.Token)).Where(r => r.Message.Length > 0).ToDictionary(r => r.Name, r => r.Message);
        foreach (var update in await db.Updates.ToListAsync(Deadline.Token))
            stored.Add(ProgressUpdate.Parser.ParseFrom(update.Message).Name, update.Message);
        return stored;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _folder.Dispose();
    }
}
