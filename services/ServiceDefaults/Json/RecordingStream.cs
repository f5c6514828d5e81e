namespace PlanServices.ServiceDefaults.Json;

/// <summary>Passes a request's body on and keeps it, up to a limit.</summary>
internal sealed class RecordingStream(Stream inner, int most) : Stream
{
    private readonly MemoryStream _kept = new();
    private bool _tooLong;

    /// <summary>The body, as far as it was read; null where it is longer than what is kept.</summary>
    public ReadOnlyMemory<byte>? Whole => _tooLong ? null : _kept.GetBuffer().AsMemory(0, (int)_kept.Length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Keep(inner.Read(buffer, offset, count), buffer.AsSpan(offset));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Keep(await inner.ReadAsync(buffer, cancellationToken), buffer.Span);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Keep(int read, ReadOnlySpan<byte> bytes)
    {
        if (_tooLong || _kept.Length + read > most)
        {
            (_tooLong, _kept.Capacity) = (true, (int)_kept.Length);
            return read;
        }

        _kept.Write(bytes[..read]);
        return read;
    }
}
