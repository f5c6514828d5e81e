using System.Net;
using System.Net.Sockets;

namespace PlanServices.Testing;

/// <summary>Ports of the loopback for servers that are told where to listen before they start.</summary>
public static class FreePorts
{
    // Below the range from which the system hands out ports to whoever asks for any.
    private const int First = 21_000;
    private const int Last = 30_000;

    private static int _last = Random.Shared.Next(Last - First);

    /// <summary>A port that is free now, and that this process is not given again before all others.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % (Last - First));
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
