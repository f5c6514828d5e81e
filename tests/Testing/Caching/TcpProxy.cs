using System.Net;
using System.Net.Sockets;

namespace PlanServices.Testing.Caching;

/// <summary>Stands between a client and a server, and can hold back what either sends, or answer in the server's place.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _stalled;
    private volatile byte[]? _rubbish;
    private volatile byte[]? _garbled;

    public TcpProxy(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>From now on nothing gets through; connections stay open.</summary>
    public void Stall() => _stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on whoever says something is answered with these bytes; null has the server answer again.</summary>
    public void AnswerWith(byte[]? rubbish) => _rubbish = rubbish;

    /// <summary>From now on these bytes come from the server with the middle one another, wherever they are; null has all come as it is.</summary>
    public void Garble(byte[]? bytes) => _garbled = bytes;

    /// <summary>What was held back gets through.</summary>
    public void Resume()
    {
        var stalled = _stalled;
        _stalled = null;
        stalled?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Resume();
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
                await Task.WhenAny(
                    CopyAsync(client.GetStream(), server.GetStream(), client.GetStream()),
                    CopyAsync(server.GetStream(), client.GetStream(), null));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One of them is gone, and so is the other.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, NetworkStream? sender)
    {
        var buffer = new byte[65_536];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            if (_stalled is { } stalled)
                await stalled.Task.WaitAsync(_stop.Token);
            if (sender is null && _garbled is { } garbled)
                Garble(buffer.AsSpan(0, read), garbled);
            if (_rubbish is not { } rubbish)
                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            else if (sender is not null)
                await sender.WriteAsync(rubbish, _stop.Token);
        }
    }

    private static void Garble(Span<byte> sent, ReadOnlySpan<byte> bytes)
    {
        for (int at; (at = sent.IndexOf(bytes)) >= 0; sent = sent[(at + bytes.Length)..])
            sent[at + (bytes.Length / 2)]++;
    }
}
