namespace PlanServices.ServiceDefaults.Json;

/// <summary>A request's body whose beginning was looked into; it is read as if nobody had.</summary>
internal sealed class PeekedStream(Stream inner) : Stream
{
    private readonly MemoryStream _beginning = new();

    /// <summary>The body; null where it is longer than what was looked into, or nothing was.</summary>
    public ReadOnlyMemory<byte>? Whole { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Looks into the body, up to a limit.</summary>
    public async Task PeekAsync(int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var read = -1;
        while (_beginning.Length <= most && (read = await inner.ReadAsync(buffer, cancellationToken)) > 0)
            _beginning.Write(buffer.AsSpan(0, read));

        _beginning.Position = 0;
        if (read == 0)
            Whole = _beginning.GetBuffer().AsMemory(0, (int)_beginning.Length);
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        _beginning.Read(buffer, offset, count) is var read and > 0 ? read : inner.Read(buffer, offset, count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _beginning.Read(buffer.Span) is var read and > 0 ? read : await inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
