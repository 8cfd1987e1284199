using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Rehearsal.Secrets;

/// <summary>Seals and opens values the way Pulumi's passphrase secrets provider does.</summary>
/// <remarks>
/// A salt line is <c>v1:&lt;salt, 8 bytes&gt;:v1:&lt;nonce&gt;:&lt;ciphertext of the word "pulumi"&gt;</c>, a value <c>v1:&lt;nonce, 12
/// bytes&gt;:&lt;ciphertext, 16-byte tag at its end&gt;</c>, all base64;
/// AES-256-GCM with a key from PBKDF2-HMAC-SHA256 (pulumi/pulumi sdk/go/common/resource/config/crypt.go, 3.x).
/// </remarks>
public sealed class PassphraseSealer
{
    private const string Version = "v1";
    private const string CheckWord = "pulumi";
    private const int Iterations = 1_000_000;
    private const int KeyBytes = 32;
    private const int SaltBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static readonly ConcurrentDictionary<(string Passphrase, string Salt), byte[]> Derived = new();

    private readonly byte[] _key;

    private PassphraseSealer(byte[] key, string salt)
    {
        _key = key;
        Salt = salt;
    }

    /// <summary>The line for <c>encryptionsalt</c>; it holds no secret.</summary>
    public string Salt { get; }

    /// <summary>A sealer with a new random salt.</summary>
    public static PassphraseSealer Create(string passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var key = Derive(passphrase, salt);
        return new PassphraseSealer(key, $"{Version}:{Convert.ToBase64String(salt)}:{Seal(key, CheckWord)}");
    }

    /// <summary>The sealer of an existing salt line.</summary>
    /// <exception cref="BadInputException">The line is damaged, or the passphrase is another one.</exception>
    public static PassphraseSealer Open(string passphrase, string salt) => TryOpen(passphrase, salt) ?? throw WrongPassphrase();

    /// <summary>The sealer of an existing salt line, or null when the passphrase is another one.</summary>
    /// <exception cref="BadInputException">The line is damaged.</exception>
    public static PassphraseSealer? TryOpen(string passphrase, string salt)
    {
        var parts = salt.Split(':', 3);
        if (parts.Length < 3 || parts[0] != Version || Bytes(parts[1]) is not { Length: SaltBytes } bytes)
        {
            throw new BadInputException(
                "`encryptionsalt` is damaged: it has to be `v1:`, a salt and a check value.",
                "Take the line from the stack file's history; without it its secrets cannot be opened.");
        }
        var key = Derive(passphrase, bytes);
        return Unsealed(key, parts[2]) == CheckWord ? new PassphraseSealer(key, salt) : null;
    }

    public string Seal(string value) => Seal(_key, value);

    /// <summary>The value inside a ciphertext, or null when the text is no sealed value, was changed, or was sealed with another key.</summary>
    public string? TryOpen(string ciphertext) => Unsealed(_key, ciphertext);

    internal static BadInputException WrongPassphrase() => new(
        "The passphrase is wrong: it does not open this stack's `encryptionsalt`.",
        $"Set {Passphrase.Variable} (or {Passphrase.FileVariable}) to the passphrase with which the stack's secrets were sealed.");

    // A quarter of a second of work: the stack file, the state and what is exported of it have one salt.
    private static byte[] Derive(string passphrase, byte[] salt) => Derived.GetOrAdd(
        (passphrase, Convert.ToBase64String(salt)),
        _ => Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Iterations, HashAlgorithmName.SHA256, KeyBytes));

    private static string Seal(byte[] key, string value)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var plain = Encoding.UTF8.GetBytes(value);
        var output = new byte[plain.Length + TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, output.AsSpan(0, plain.Length), output.AsSpan(plain.Length));
        return $"{Version}:{Convert.ToBase64String(nonce)}:{Convert.ToBase64String(output)}";
    }

    private static string? Unsealed(byte[] key, string ciphertext)
    {
        var parts = ciphertext.Split(':');
        if (parts.Length != 3 || parts[0] != Version || Bytes(parts[1]) is not { Length: NonceBytes } nonce
            || Bytes(parts[2]) is not { Length: >= TagBytes } bytes)
        {
            return null;
        }
        var plain = new byte[bytes.Length - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(nonce, bytes.AsSpan(0, plain.Length), bytes.AsSpan(plain.Length), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
