using System.Runtime.CompilerServices;
using System.Text;
using Rehearsal.Secrets;
using Rehearsal.Wire;

namespace Rehearsal.State;

/// <summary>Seals and opens the secrets of one state; what was not changed keeps its ciphertext, so that a state that is read and written stays the
/// same.</summary>
/// <param name="provider">How they are sealed: <c>passphrase</c>, <c>b64</c>, <c>service</c> or <c>cloud</c>; empty without any.</param>
/// <param name="sealer">Gives the passphrase's sealer when the first secret needs it; null where secrets stay closed.</param>
internal sealed class StateSecrets(string provider, Func<PassphraseSealer?> sealer)
{
    public const string PassphraseProvider = "passphrase";

    /// <summary>Plain base64, which the CLI's own tests use.</summary>
    public const string Base64Provider = "b64";

    private readonly Lazy<PassphraseSealer?> _sealer = new(sealer);
    private readonly ConditionalWeakTable<SecretProperty, string> _sealed = [];
    private readonly Dictionary<string, string> _ciphertexts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>For a state without secrets, or whose secrets stay closed.</summary>
    public static StateSecrets Closed => new("", () => null);

    public string Provider => provider;

    /// <summary>The salt of the passphrase that seals; null when another provider does.</summary>
    public string? Salt => provider == PassphraseProvider ? _sealer.Value?.Salt : null;

    /// <summary>Whether a secret was met that could not be opened.</summary>
    public bool MetClosed { get; private set; }

    /// <summary>The JSON text inside a ciphertext; null when nobody here can open it.</summary>
    public string? Open(string ciphertext)
    {
        var opened = provider switch
        {
            Base64Provider => Encoding.UTF8.GetString(Convert.FromBase64String(ciphertext)),
            PassphraseProvider when _sealer.Value is { } known => known.TryOpen(ciphertext) ?? throw Damaged(),
            _ => null,
        };
        MetClosed |= opened is null;
        return opened;
    }

    /// <summary>Notes how a secret is sealed in a file.</summary>
    public void Remember(SecretProperty secret, string ciphertext)
    {
        _sealed.AddOrUpdate(secret, ciphertext);
        if (!secret.ContainsUnknowns)
        {
            lock (_lock)
            {
                _ciphertexts.TryAdd(StateValues.PlainJson(secret), ciphertext);
            }
        }
    }

    /// <summary>How a secret stands in the file that it was read from; null when it was not.</summary>
    public string? Ciphertext(SecretProperty secret) => _sealed.TryGetValue(secret, out var known) ? known : null;

    /// <summary>The secret's ciphertext.</summary>
    /// <exception cref="BadInputException">There is no passphrase to seal it with.</exception>
    public string Seal(SecretProperty secret)
    {
        if (_sealed.TryGetValue(secret, out var known))
        {
            return known;
        }
        var plain = StateValues.PlainJson(secret);
        lock (_lock)
        {
            if (_ciphertexts.TryGetValue(plain, out var same))
            {
                return same;
            }
            var ciphertext = provider == Base64Provider ? Convert.ToBase64String(Encoding.UTF8.GetBytes(plain))
                : (_sealer.Value ?? throw Unsealable()).Seal(plain);
            _ciphertexts[plain] = ciphertext;
            _sealed.AddOrUpdate(secret, ciphertext);
            return ciphertext;
        }
    }

    private static BadInputException Damaged() => new(
        "A secret of the state does not open: its ciphertext is damaged, or was sealed for another state.",
        "Export the state again (`pulumi stack export`), or take the file from its history.")
    { ExitCode = 1 };

    /// <summary>Says that there is nothing to seal secrets with.</summary>
    public BadInputException Unsealable() => new(
        provider is "" or PassphraseProvider ? "The state holds secrets, and no passphrase is set to seal them."
            : $"The state's secrets are sealed by '{provider}', which only the official CLI can use.",
        $"Set {Passphrase.Variable}, or {Passphrase.FileVariable} to a file that holds it.");
}
