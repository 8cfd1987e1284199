using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Secrets;
using Pulumi;
using Pulumi.Aws.SecretsManager;
using Pulumi.Random;
using Pulumi.Tls;

namespace Infra.Compose;

/// <summary>
/// What a host by Docker Compose has to keep to itself, made here and put into one secret of Secrets Manager, from which the host reads it: the token and the
/// key of Data Studios, and the passwords of the Platform. Stateful: it honours <see cref="ComposeSecretsArgs.Protected"/>.
/// </summary>
public sealed class ComposeSecrets : ComponentResource
{
    private const string Token = "platform:compose:ComposeSecrets";

    // Seqera's tower.env asks for 35 characters of the JWT secret at least.
    private const int JwtLength = 48;
    private const int PasswordLength = 32;

    // Days in which a deletion can be taken back: the most that Secrets Manager offers.
    private const int RecoveryDays = 30;

    /// <summary>ARN of the secret; resolves when it exists.</summary>
    [Output("secretArn")]
    public Output<string> SecretArn { get; private set; }

    /// <summary>Version of the secret, which another value changes; resolves when it is there.</summary>
    [Output("versionId")]
    public Output<string> VersionId { get; private set; }

    public ComposeSecrets(string name, ComposeSecretsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var token = Output.CreateSecret(RotatedPassword.Make(this, $"{name}-token", PasswordLength, args.TokenRotation).Result);
        var pair = RotatedKey.Make(this, $"{name}-signing-key", new PrivateKeyArgs { Algorithm = "RSA", RsaBits = args.RsaBits }, args.SigningKeyRotation);
        var key = Output.CreateSecret(Output.Tuple(pair.PrivateKeyPemPkcs8, pair.PublicKeyPem).Apply(blocks => Pem.Concatenate(blocks.Item1, blocks.Item2)));
        var (database, crypto) = (Password($"{name}-database", PasswordLength, args), Password($"{name}-crypto", PasswordLength, args));
        var jwt = Password($"{name}-jwt", JwtLength, args);
        var secret = new Secret(
            name,
            new SecretArgs
            {
                Description = $"Data Studios of {args.DisplayName}",
                KmsKeyId = args.KeyArn,
                RecoveryWindowInDays = args.Protected ? RecoveryDays : 0,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });
        var version = new SecretVersion(
            $"{name}-version",
            new SecretVersionArgs
            {
                SecretId = secret.Id,
                SecretString = Output.Tuple(token, key, database, jwt, crypto).Apply(made => Text(made.Item1, made.Item2, made.Item3, made.Item4, made.Item5)),
            },
            new CustomResourceOptions { Parent = this });

        SecretArn = secret.Arn;
        VersionId = version.VersionId;
        RegisterOutputs();
    }

    /// <summary>Files by name, as far as they are secret; of env files those lines.</summary>
    public static string Text(string token, string key, string database, string jwt, string crypto)
    {
        var (connect, tower) = ComposeStudios.Token(token);
        return new JsonObject
        {
            [ComposeFiles.Connect] = EnvText.Lines([connect]),
            [ComposeFiles.SigningKey] = key,
            [ComposeFiles.Tower] = EnvText.Lines(
                [tower, new("TOWER_CRYPTO_SECRETKEY", crypto), new("TOWER_DB_PASSWORD", database), new("TOWER_JWT_SECRET", jwt)]),
            [ComposeText.DatabaseFile] = EnvText.Lines([new("MYSQL_PASSWORD", database)]),
        }.ToJsonString(JsonSerializerOptions.Default);
    }

    // Without a rotation: the database holds what they opened, and MySQL takes its password when it is empty only.
    private Output<string> Password(string name, int length, ComposeSecretsArgs args) => Output.CreateSecret(new RandomPassword(
        name,
        new RandomPasswordArgs { Length = length, Special = false },
        new CustomResourceOptions { Parent = this, Protect = args.Protected }).Result);
}

/// <summary>Whose secrets they are, and when they change.</summary>
public sealed class ComposeSecretsArgs : ResourceArgs
{
    /// <summary>Whose they are, for readers of the console.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Key that encrypts the secret.</summary>
    public required Input<string> KeyArn { get; init; }

    /// <summary>Size of the signing key.</summary>
    public int RsaBits { get; init; } = OidcSigningKeyArgs.DefaultRsaBits;

    /// <summary>Changing the number makes a new token. Default 1.</summary>
    public int TokenRotation { get; init; } = OidcRegistrationTokenArgs.DefaultRotation;

    /// <summary>Changing the number makes a new key: every token issued before becomes invalid. Default 1.</summary>
    public int SigningKeyRotation { get; init; } = OidcSigningKeyArgs.DefaultRotation;

    /// <summary>Refuse to delete the secret and the passwords of the Platform, and keep the secret when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }

    [Input("signingKeyRotation")]
    internal Input<int> ShownRotation => SigningKeyRotation;
}
