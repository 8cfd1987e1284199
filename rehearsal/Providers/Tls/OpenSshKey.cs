using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Rehearsal.Providers.Tls;

/// <summary>A key in OpenSSH's own forms (openssh-portable, PROTOCOL.key), unencrypted and without a comment.</summary>
internal static class OpenSshKey
{
    private const string Magic = "openssh-key-v1\0";
    private const int BlockSize = 8;

    /// <summary><c>-----BEGIN OPENSSH PRIVATE KEY-----</c>, or empty for a key that OpenSSH lacks.</summary>
    public static string Private(TlsKey key)
    {
        if (key.SshPublic is not { } blob)
        {
            return "";
        }
        var check = RandomNumberGenerator.GetBytes(sizeof(uint));
        var secret = new SshWriter().Raw(check).Raw(check);
        key.WriteSshPrivate(secret);
        secret.Text("");
        for (byte pad = 1; secret.Length % BlockSize != 0; pad++)
        {
            secret.Raw([pad]);
        }
        var file = new SshWriter().Raw(Encoding.ASCII.GetBytes(Magic)).Text("none").Text("none").Text("").Number(1).Text(blob).Text(secret.ToArray());
        return PemText.Write("OPENSSH PRIVATE KEY", file.ToArray());
    }

    /// <summary>A line of <c>authorized_keys</c>: <c>ssh-ed25519 AAAA…</c>, or empty.</summary>
    public static string Public(TlsKey key) => key.SshPublic is { } blob ? $"{TypeOf(blob)} {Convert.ToBase64String(blob)}\n" : "";

    /// <summary><c>SHA256:</c> and the digest in base64 without padding, or empty.</summary>
    public static string Sha256(TlsKey key) => key.SshPublic is { } blob ? "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=') : "";

    /// <summary>The digest as pairs of digits with colons, or empty.</summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms",
        Justification = "a fingerprint by which people compare keys, in the form the provider gives it")]
    public static string Md5(TlsKey key) => key.SshPublic is { } blob ? string.Join(':', MD5.HashData(blob).Select(b => $"{b:x2}")) : "";

    private static string TypeOf(byte[] blob)
        => Encoding.ASCII.GetString(blob, sizeof(uint), (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(blob));
}

/// <summary>Writes the fields of SSH messages (RFC 4251, section 5).</summary>
internal sealed class SshWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Length => _bytes.WrittenCount;

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public SshWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public SshWriter Number(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Raw(bytes);
    }

    public SshWriter Text(ReadOnlySpan<byte> bytes) => Number((uint)bytes.Length).Raw(bytes);

    public SshWriter Text(string text) => Text(Encoding.ASCII.GetBytes(text));

    /// <summary>A positive whole number: no leading zeros, but one when the highest bit is set.</summary>
    public SshWriter BigNumber(ReadOnlySpan<byte> unsigned)
    {
        unsigned = unsigned.TrimStart((byte)0);
        return unsigned.Length > 0 && unsigned[0] >= 0x80 ? Number((uint)unsigned.Length + 1).Raw([0]).Raw(unsigned) : Text(unsigned);
    }
}
