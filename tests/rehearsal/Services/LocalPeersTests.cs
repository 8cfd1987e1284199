using System.Net;
using System.Net.Sockets;
using Protocol;

namespace Tests.Rehearsal.Services;

// The engine's port is the run's own: the kernel says whose socket is at the other end.
public class LocalPeersTests
{
    private static readonly IPEndPoint Own = IPEndPoint.Parse("127.0.0.1:34567");
    private static readonly IPEndPoint Peer = IPEndPoint.Parse("127.0.0.1:40000");

    // As /proc/net/tcp and tcp6 have them
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:8707 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0",
        "   1: 0100007F:8707 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 2 1 0 20 4 30 10 -1",
        "   2: 0100007F:9C40 0100007F:8707 01 00000000:00000000 00:00000000 00000000  1001        0 3 1 0 20 4 30 10 -1",
        "   0: 0000000000000000FFFF00000100007F:9C41 0000000000000000FFFF00000100007F:8707 01 00000000:00000000 00:00000000 00000000  1002   0 4 1 0 20 4 30 10 -1",
        "   3: 0100007F:9C42 0100007F:8707 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1",
    ];

    [Theory]
    [InlineData(40000, 1001, null)]
    [InlineData(40001, 1002, null)]
    [InlineData(40002, 1002, null)] // Root
    [InlineData(40000, 1000, "A connection from port 40000 of this machine was refused: it belongs to the user with the number 1001.")]
    [InlineData(40001, 1000, "A connection from port 40001 of this machine was refused: it belongs to the user with the number 1002.")]
    [InlineData(40003, 1000, "A connection from port 40003 of this machine was refused: the system has no such socket any more.")]
    public void ThePeersUser_IsReadFromTheKernelsTable(int port, int user, string? refusal)
        => LocalPeers.Refusal(new IPEndPoint(Peer.Address, port), Own, Table, user).ShouldBe(refusal);

    [Fact]
    public void TheEnginesOwnEnd_IsNotTakenForThePeers() => LocalPeers.Refusal(Own, Peer, Table, 1000).ShouldBeNull();

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task AConnectionOfThisUser_IsFoundInTheRealTable(AddressFamily family)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        if (family == AddressFamily.InterNetworkV6)
        {
            client.DualMode = true;
        }
        await client.ConnectAsync(new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.Loopback.MapToIPv6() : IPAddress.Loopback,
            ((IPEndPoint)listener.LocalEndpoint).Port));
        using var accepted = await listener.AcceptSocketAsync();

        LocalPeers.Refusal((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!).ShouldBeNull();
    }
}
