using Rehearsal.StackFiles;

namespace Rehearsal.Secrets;

/// <summary>Opens the sealed values of one stack file; the costly key is derived when the first one is met.</summary>
public sealed class StackSecrets(string stack, StackFile file, Func<string, string?> environment)
{
    private const string PassphraseProvider = "passphrase";

    private PassphraseSealer? _sealer;

    public string Open(string ciphertext) => (_sealer ??= Existing()).Open(ciphertext);

    /// <summary>The sealer of the stack's salt; one with a new salt when the stack has none.</summary>
    public PassphraseSealer SealerOrNew() => _sealer ??= file.EncryptionSalt is null ? PassphraseSealer.Create(Required()) : Existing();

    private PassphraseSealer Existing()
    {
        if (file.SecretsProvider is { Length: > 0 } provider && provider != PassphraseProvider)
        {
            throw new BadInputException(
                $"The secrets of stack '{stack}' are sealed by '{provider.Split(':')[0]}', which only the official CLI can open.",
                "Rehearse a stack that is sealed with a passphrase: `pulumi stack change-secrets-provider passphrase`.");
        }

        if (file.EncryptionSalt is null)
        {
            throw new BadInputException(
                $"Stack '{stack}' has `secure:` values but no `encryptionsalt`, so nobody can open them.",
                $"Seal them anew with `./platform secret {stack} KEY`.");
        }

        return PassphraseSealer.Open(Required(), file.EncryptionSalt);
    }

    private string Required() => Passphrase.Find(environment) ?? throw new BadInputException(
        $"Stack '{stack}' has sealed values, and no passphrase is set to open or seal them.",
        $"Set {Passphrase.Variable}, or {Passphrase.FileVariable} to a file that holds it.");
}
