using Rehearsal.StackFiles;

namespace Rehearsal.Secrets;

/// <summary>Opens the sealed values of one stack file; the costly key is derived when the first one is met.</summary>
/// <remarks>
/// What cannot be opened here (no passphrase, another provider) stays unknown and does not stop a rehearsal: a fork's pull request has no passphrase either.
/// A wrong passphrase and a damaged value are errors.
/// </remarks>
public sealed class StackSecrets(string stack, StackFile file, Func<string, string?> environment)
{
    private const string PassphraseProvider = "passphrase";

    /// <summary>How a sealed value begins, but for those of Pulumi Cloud.</summary>
    private const string Version = "v1:";

    private PassphraseSealer? _sealer;
    private string? _obstacle;

    /// <summary>Opens one value.</summary>
    /// <param name="ciphertext">What stands after <c>secure:</c>.</param>
    /// <param name="where">Its key and place, for messages.</param>
    /// <returns>The value; null when it has to stay unknown, for which <see cref="WhyUnknown"/> has the reason.</returns>
    /// <exception cref="BadInputException">The passphrase is wrong, or the value is damaged.</exception>
    public string? Open(string ciphertext, string where)
    {
        if (_sealer is null)
        {
            _obstacle ??= Obstacle();
            if (_obstacle is not null)
            {
                return null;
            }
            // Where a CI system has no secret to give, it sets the variable to nothing
            _sealer = PassphraseSealer.TryOpen(Passphrase.Find(environment)!, file.EncryptionSalt!);
            if (_sealer is null && Passphrase.Find(environment) is { Length: 0 })
            {
                _obstacle = NoPassphrase;
                return null;
            }
            if (_sealer is null)
            {
                throw PassphraseSealer.WrongPassphrase();
            }
        }
        return _sealer.TryOpen(ciphertext) ?? throw new BadInputException(
            $"{where} does not open: its `secure:` text is damaged, or was sealed for another stack.",
            "Take the text from the file's history, or from whoever sealed it.");
    }

    /// <summary>One sentence on values that stay unknown.</summary>
    /// <param name="keys">The keys that hold them.</param>
    public string WhyUnknown(IReadOnlyCollection<string> keys)
    {
        const int Named = 4;
        var more = keys.Count > Named ? $" and {keys.Count - Named} more" : "";
        return $"sealed values of stack '{stack}' stay unknown ({string.Join(", ", keys.Take(Named))}{more}): {_obstacle}.";
    }

    /// <summary>Checks that a passphrase seals the stack's secrets, or will.</summary>
    /// <exception cref="BadInputException">Another provider does.</exception>
    public void RequirePassphraseProvider()
    {
        if (IsSealedElsewhere is { } reason)
        {
            throw new BadInputException(
                $"The secrets of stack '{stack}' cannot be sealed here: {reason}.", $"Use the official CLI: `pulumi config set --secret --stack {stack} KEY`.");
        }
    }

    /// <summary>The sealer of the stack's salt; one with a new salt when nothing is sealed in the stack yet.</summary>
    /// <exception cref="BadInputException">Another provider seals this stack's secrets, or there is no passphrase or a wrong one.</exception>
    public PassphraseSealer SealerOrNew()
    {
        RequirePassphraseProvider();
        var passphrase =
            Passphrase.Find(environment)
            ?? throw new BadInputException(
                $"No passphrase is set to seal a value of stack '{stack}' with.",
                $"Set {Passphrase.Variable}, or {Passphrase.FileVariable} to a file that holds it; whoever types the value at a terminal is asked for it.");
        return _sealer ??= file.EncryptionSalt is { } salt ? PassphraseSealer.Open(passphrase, salt) : PassphraseSealer.Create(passphrase);
    }

    private static string NoPassphrase => $"no passphrase is set, in {Passphrase.Variable} or {Passphrase.FileVariable}";

    private string? Obstacle() => IsSealedElsewhere ?? (Passphrase.Find(environment) is null ? NoPassphrase : null);

    // Why a passphrase does not help; null when one would, or when nothing is sealed yet
    private string? IsSealedElsewhere
    {
        get
        {
            if (file.SecretsProvider is { Length: > 0 } provider && provider != PassphraseProvider)
            {
                return $"'{YamlText.Shown(provider.Split(':')[0])}' seals them, which only the official CLI can open";
            }
            if (file.EncryptionSalt is not null || !file.HasSealedValues)
            {
                return null;
            }
            return file.Config.Values.Any(value => value.IsSecret && value.Text.Contains(Version, StringComparison.Ordinal))
                ? "the line `encryptionsalt`, or `secretsprovider` and `encryptedkey`, with which they were sealed is missing: the file's history has it"
                : "Pulumi Cloud seals them, which only the official CLI can open";
        }
    }
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
