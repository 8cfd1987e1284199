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

/// <summary>Where the passphrase of a stack's secrets comes from: Pulumi's own two variables.</summary>
public static class Passphrase
{
    public const string Variable = "PULUMI_CONFIG_PASSPHRASE";
    public const string FileVariable = "PULUMI_CONFIG_PASSPHRASE_FILE";

    /// <summary>The passphrase, or null when neither variable is set; an empty one is a passphrase too, as with Pulumi.</summary>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="BadInputException">The file that the second variable names cannot be read.</exception>
    public static string? Find(Func<string, string?> environment)
    {
        if (environment(Variable) is { } passphrase)
        {
            return passphrase;
        }
        if (environment(FileVariable) is not { Length: > 0 } path)
        {
            return null;
        }
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{FileVariable} names a file that cannot be read: {e.Message}", "Check the path and that you may read the file.", e);
        }
    }
}
