using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace PlanServices.Testing;

/// <summary>Collects what a host logs as an error, so that a test fails on any that it did not expect.</summary>
public sealed class ErrorLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();
    private Func<string, bool> _expected = _ => false;

    /// <summary>Errors whose text this accepts are part of the test.</summary>
    public void Expect(Func<string, bool> expected) => _expected = expected;

    /// <summary>Whether an error with this text was logged so far.</summary>
    public bool Has(string text) => _errors.Any(e => e.Contains(text, StringComparison.Ordinal));

    public void AssertNone()
    {
        if (_errors.Where(e => !_expected(e)).ToArray() is [_, ..] unexpected)
            Assert.Fail($"The server logged errors that were not expected:\n{string.Join('\n', unexpected)}");
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _errors);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && !IsFarewell(exception))
                errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }

        // What libraries call an error where somebody only stops: a host that looks for another's address, and a client whose call the
        // server had not read yet.
        private bool IsFarewell(Exception? exception) =>
            (exception is OperationCanceledException && category.StartsWith("Microsoft.Extensions.ServiceDiscovery", StringComparison.Ordinal))
            || (exception is IOException { Message: "The client reset the request stream." } && category.StartsWith("Grpc.AspNetCore.Server", StringComparison.Ordinal));
    }
}
