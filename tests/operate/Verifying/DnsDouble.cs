using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tests.Operate.Verifying;

/// <summary>A DNS server on UDP that answers from a table, as no real one is to be had without a zone.</summary>
internal sealed class DnsDouble : IDisposable
{
    private const int A = 1;
    private const int CName = 5;
    private const int NameError = 3;
    private const int ServerFailure = 2;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Addresses, <c>CNAME other.name</c>, <c>SERVFAIL</c> or nothing by name; <c>*.</c> in front of a name as zones have it.</summary>
    public Dictionary<string, string> Records { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public DnsDouble() => _ = AnswerAsync();

    public void Dispose() => _socket.Dispose();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var query = await _socket.ReceiveAsync();
                await _socket.SendAsync(Answer(query.Buffer), query.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The end of the test
        }
    }

    // RFC 1035, 4.1: header, question, answers
    private byte[] Answer(byte[] query)
    {
        var (name, end) = Name(query, 12);
        var type = (query[end] << 8) | query[end + 1];
        var answers = new List<byte[]>();
        var code = 0;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = name; at is not null;)
        {
            var record = Records.GetValueOrDefault(at) ?? Records.GetValueOrDefault($"*{at[at.IndexOf('.', StringComparison.Ordinal)..]}");
            if (record is null or "SERVFAIL")
            {
                code = record is null ? NameError : ServerFailure;
                break;
            }
            if (record.StartsWith("CNAME ", StringComparison.Ordinal))
            {
                answers.Add(Record(at, CName, Encoded(record[6..])));
                // As a resolver gives up that has been there already
                at = seen.Add(at) ? record[6..] : null;
                continue;
            }
            foreach (var address in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(_ => type == A))
            {
                answers.Add(Record(at, A, IPAddress.Parse(address).GetAddressBytes()));
            }
            at = null;
        }
        byte[] header = [query[0], query[1], 0x81, (byte)(0x80 | code), 0, 1, 0, (byte)answers.Count, 0, 0, 0, 0];
        return [.. header, .. query[12..(end + 4)], .. answers.SelectMany(answer => answer)];
    }

    private static byte[] Record(string name, int type, byte[] data)
        => [.. Encoded(name), 0, (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private static byte[] Encoded(string name)
        => [.. name.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0];

    private static (string Name, int End) Name(byte[] message, int at)
    {
        var labels = new List<string>();
        while (message[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(message, at + 1, message[at]));
            at += message[at] + 1;
        }
        return (string.Join('.', labels), at + 1);
    }
}
