using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Protocol;

/// <summary>Says whose the other end of a loopback connection is: whoever reaches an engine's port could ask it for every secret of the stack.</summary>
internal static class LocalPeers
{
    // The kernel's tables of sockets (proc_pid_net(5)): the address, the peer's, and in the eighth column the user's number
    private const string Tables = "/proc/self/net/tcp";
    private const string UserTables = "/proc/self/status";

    private static readonly TimeSpan LsofTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether a connection comes from this user, or from root, who may read this process anyway.</summary>
    /// <param name="peer">The peer's end of the connection.</param>
    /// <param name="own">This end.</param>
    /// <returns>Why it is refused; null when it is not, or when this system tells nobody whose a socket is (Windows).</returns>
    public static string? Refusal(IPEndPoint peer, IPEndPoint own)
    {
        if (OperatingSystem.IsMacOS())
        {
            return IsOwnByLsof(peer) ? null : Told(peer, "it belongs to another user");
        }
        // A program of .NET has an IPv6 socket that talks IPv4. The kernel goes through all its buckets for either table: the second is read if need be
        return File.Exists(Tables) ? Refusal(peer, own, Lines(Tables + "6").Concat(Lines(Tables)), OwnUser()) : null;
    }

    /// <summary>The same by the lines of the kernel's tables.</summary>
    internal static string? Refusal(IPEndPoint peer, IPEndPoint own, IEnumerable<string> table, int user)
    {
        var (from, to) = (Key(peer), Key(own));
        foreach (var line in table)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 7 && fields[1].EndsWith(from, StringComparison.Ordinal) && fields[2].EndsWith(to, StringComparison.Ordinal))
            {
                var owner = int.Parse(fields[7], CultureInfo.InvariantCulture);
                return owner == user || owner == 0 ? null : Told(peer, $"it belongs to the user with the number {owner}");
            }
        }
        return Told(peer, "the system has no such socket any more");
    }

    private static string Told(IPEndPoint peer, string why) => $"A connection from port {peer.Port} of this machine was refused: {why}.";

    // An IPv4 address as the tables have it, in the byte order of the machine; an IPv6 socket that talks IPv4 ends with the same digits
    private static string Key(IPEndPoint end)
        => $"{BitConverter.ToUInt32(end.Address.MapToIPv4().GetAddressBytes()):X8}:{end.Port:X4}";

    private static IEnumerable<string> Lines(string file) => File.Exists(file) ? File.ReadLines(file) : [];

    // The effective user, which is who opens sockets
    private static int OwnUser() => int.Parse(
        File.ReadLines(UserTables).First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2], CultureInfo.InvariantCulture);

    // Without root, lsof sees the sockets of its own user alone
    private static bool IsOwnByLsof(IPEndPoint peer)
    {
        using var lsof = Process.Start(new ProcessStartInfo("/usr/sbin/lsof", ["-nP", "-a", "-u", Environment.UserName, $"-iTCP@127.0.0.1:{peer.Port}", "-Fn"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var found = lsof.StandardOutput.ReadToEndAsync();
        return lsof.WaitForExit(LsofTimeout) && found.Result.Contains($":{peer.Port}->", StringComparison.Ordinal);
    }
}
