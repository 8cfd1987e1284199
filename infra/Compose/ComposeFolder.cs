using System.Collections.Immutable;
using System.Security.Cryptography;
using Infra.InstalledPlatform;
using Infra.Secrets;
using YamlDotNet.Core;

namespace Infra.Compose;

/// <summary>The files of Data Studios for a folder in which a Platform runs by Docker Compose, laid over what is in it.</summary>
/// <param name="Files">Texts by name, all of them, whether they differ from what is there or not.</param>
/// <param name="Notes">What an operator should know of the merge; no secret is in it.</param>
public sealed record ComposeFolder(ImmutableSortedDictionary<string, string> Files, ImmutableArray<string> Notes)
{
    private const int FewestBits = 2048;

    /// <summary>Names of the files with a secret inside, which only their owner may read.</summary>
    public static ImmutableArray<string> Secret { get; } = [ComposeFiles.Connect, ComposeFiles.SigningKey, ComposeFiles.Tower];

    /// <summary>Lays the files over a folder; token and key that are there stay, and others are made.</summary>
    /// <param name="studios">What they have to say.</param>
    /// <param name="make">Makes what is not there.</param>
    /// <param name="existing">Text of a file in the folder; null where there is none.</param>
    /// <param name="renew">Secrets that are made anew although they are there.</param>
    /// <exception cref="ComposeFolderException">Something in the folder is malformed or belongs to another Platform.</exception>
    public static ComposeFolder Plan(ComposeStudios studios, MadeSecrets make, Func<string, string?> existing, RenewedSecrets renew)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (ComposeFiles.Preferred.FirstOrDefault(name => existing(name) is not null) is { } preferred)
        {
            throw new ComposeFolderException(
                preferred, $"is read by Docker Compose in place of {ComposeFiles.Compose}, and {ComposeFiles.Override} then is not",
                $"rename it to {ComposeFiles.Compose}, as the vendor calls it");
        }

        if (existing(ComposeFiles.Compose) is { } vendors)
        {
            In(ComposeFiles.Compose, () => VendorComposeFile.Check(vendors, studios));
        }

        if (existing(ComposeFiles.Override) is { } other && !other.StartsWith(ComposeText.OverrideHeader, StringComparison.Ordinal))
        {
            throw new ComposeFolderException(
                ComposeFiles.Override, "is not of this program, which would have to overwrite it",
                "move what it says into a file of another name, give that one to docker compose with --file, and remove it");
        }

        var (connect, tower) = (Env(ComposeFiles.Connect, existing), Env(ComposeFiles.Tower, existing));
        CheckServer(tower, studios);
        var token = Token(connect, tower, (make, renew), notes);
        var key = Key(existing(ComposeFiles.SigningKey), (make, renew));
        var (connectToken, towerToken) = ComposeStudios.Token(token);
        return new ComposeFolder(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ComposeFiles.Connect] = Merge(ComposeFiles.Connect, connect, studios.Connect, connectToken, notes),
                [ComposeFiles.Override] = ComposeText.Override(studios),
                [ComposeFiles.SigningKey] = key,
                [ComposeFiles.Tower] = Merge(ComposeFiles.Tower, tower, studios.Tower, towerToken, notes),
                [TowerYaml.FileName] = In(TowerYaml.FileName, () => TowerYaml.WithAllowedWorkspaces(existing(TowerYaml.FileName), studios.AllowedWorkspaces)),
            }.ToImmutableSortedDictionary(StringComparer.Ordinal),
            notes.ToImmutable());
    }

    private static EnvFile Env(string name, Func<string, string?> existing) => In(name, () => EnvFile.Read(existing(name) ?? ""));

    private static string Merge(
        string name,
        EnvFile file,
        ImmutableSortedDictionary<string, string> variables,
        KeyValuePair<string, string> secret,
        ImmutableArray<string>.Builder notes)
    {
        foreach (var (variable, value) in variables.Where(variable => file.Value(variable.Key) is { Length: > 0 } given && given != variable.Value))
        {
            notes.Add($"{name}: {variable} was {file.Value(variable)}, and is {value} now.");
        }

        if (file.NotForShells is { IsEmpty: false } names)
        {
            notes.Add(
                $"{name}: Docker Compose reads {string.Join(", ", names)}, and a shell does not; write NAME=value, with letters, digits and underscores.");
        }

        var isNew = variables.Keys.All(variable => file.Value(variable) is null);
        var merged = isNew ? file.WithComment("Data Studios, written by ./platform compose") : file;
        foreach (var (variable, value) in variables.SetItem(secret.Key, secret.Value))
        {
            merged = merged.With(variable, value);
        }

        return merged.ToString();
    }

    // Both sides have to call the Platform by the same name, or no session ever signs in.
    private static void CheckServer(EnvFile tower, ComposeStudios studios)
    {
        var own = studios.Platform.Address.Platform.Text;
        if (tower.Value("TOWER_SERVER_URL") is { Length: > 0 } given && given.TrimEnd('/') != own)
        {
            throw new ComposeFolderException(
                ComposeFiles.Tower, $"belongs to {given}, and the stack file describes {own}", "correct TOWER_SERVER_URL, or platform:compose.platform.url");
        }
    }

    private static string Token(
        EnvFile connect, EnvFile tower, (MadeSecrets Make, RenewedSecrets Renew) secrets, ImmutableArray<string>.Builder notes)
    {
        var (ofConnect, ofTower) = (Given(connect, ComposeStudios.ConnectTokenVariable), Given(tower, PlatformStudios.TokenVariable));
        if (secrets.Renew.HasFlag(RenewedSecrets.Token) || (ofConnect ?? ofTower) is not { } token)
        {
            return secrets.Make.Token();
        }

        if (ofConnect is not null && ofTower is not null && ofConnect != ofTower)
        {
            notes.Add($"{ComposeFiles.Tower}: {PlatformStudios.TokenVariable} was another token than that of {ComposeFiles.Connect}, and is the same now.");
        }

        return token;
    }

    // A reference to another variable is no token.
    private static string? Given(EnvFile file, string variable) => file.Value(variable) is { Length: > 0 } value && !value.StartsWith('$') ? value : null;

    private static string Key(string? existing, (MadeSecrets Make, RenewedSecrets Renew) secrets)
    {
        if (existing is null || secrets.Renew.HasFlag(RenewedSecrets.SigningKey))
        {
            var (privateKey, publicKey) = secrets.Make.SigningKey();
            return Pem.Concatenate(privateKey, publicKey);
        }

        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(existing);
            // A public key has no private parameters.
            key.ExportParameters(includePrivateParameters: true);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // Several blocks are one too many for the library: the private one stands first.
            if (!ImportFirst(key, existing))
            {
                throw new ComposeFolderException(
                    ComposeFiles.SigningKey, "is no RSA key in PEM, the private block first", "remove it to have one made, or put the key there");
            }
        }

        if (key.KeySize < FewestBits)
        {
            throw new ComposeFolderException(
                ComposeFiles.SigningKey, $"is an RSA key of {key.KeySize} bits, and {FewestBits} are the least", "remove it to have another one made");
        }

        return existing;
    }

    private static bool ImportFirst(RSA key, string text)
    {
        try
        {
            var fields = PemEncoding.Find(text);
            if (!text[fields.Label].EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                return false;
            }

            key.ImportFromPem(text[fields.Location]);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static void In(string name, Action read) => In(name, () =>
    {
        read();
        return true;
    });

    private static T In<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (YamlException exception)
        {
            throw new ComposeFolderException(name, $"is no YAML (line {exception.Start.Line})", "correct it, and run the command again", exception);
        }
        catch (FormatException exception)
        {
            throw new ComposeFolderException(name, $"cannot be read: {exception.Message.TrimEnd('.')}", "correct it, and run the command again", exception);
        }
    }
}

/// <summary>Where new secrets come from: planning itself leaves nothing to chance.</summary>
/// <param name="Token">Makes a registration token.</param>
/// <param name="SigningKey">Makes an RSA key: its private and its public half in PEM.</param>
public sealed record MadeSecrets(Func<string> Token, Func<(string PrivateKey, string PublicKey)> SigningKey);

/// <summary>Secrets of a folder that are made anew.</summary>
[Flags]
public enum RenewedSecrets
{
    None = 0,

    /// <summary>The token with which connect-proxy registers itself.</summary>
    Token = 1,

    /// <summary>The key of OIDC tokens.</summary>
    SigningKey = 2,
}

/// <summary>A file of the folder that nothing can be laid over.</summary>
public sealed class ComposeFolderException : Exception
{
    public ComposeFolderException(string file, string what, string fix, Exception? inner = null)
        : base($"{file} {what}.", inner)
    {
        File = file;
        Fix = fix;
    }

    /// <summary>Its name.</summary>
    public string File { get; }

    /// <summary>What to do about it.</summary>
    public string Fix { get; }
}
