using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Iam;
using Pulumi;
using Pulumi.Aws.Kms;

namespace Infra.Encryption;

/// <summary>A KMS key that this stack owns; deleting it makes everything it encrypted unreadable after the waiting period.</summary>
public sealed class EncryptionKey : ComponentResource
{
    private const string Token = "platform:encryption:EncryptionKey";

    // KMS rotates the key material without touching what is encrypted; a year is the default and what CIS AWS 3.6 asks for.
    private const int RotationPeriodInDays = 365;

    // Days in which a deletion can be taken back: the most that KMS offers.
    private const int DeletionWindowInDays = 30;

    /// <summary>ARN of the key; resolves when it exists.</summary>
    [Output("keyArn")]
    public Output<string> Arn { get; private set; }

    public EncryptionKey(string name, EncryptionKeyArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var region = args.Account.Region;
        var key = new Key(
            name,
            new KeyArgs
            {
                Description = args.Description,
                DeletionWindowInDays = DeletionWindowInDays,
                EnableKeyRotation = true,
                RotationPeriodInDays = RotationPeriodInDays,
                Policy = args.Account.AccountId.Apply(account => KeyPolicies.AccountKey(region.Partition, region.Name, account, args.LogGroups).ToJson()),
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected || args.Kept });

        new Pulumi.Aws.Kms.Alias(
            $"{name}-alias",
            new AliasArgs { TargetKeyId = key.KeyId },
            new CustomResourceOptions { Parent = this });

        Arn = key.Arn;
        RegisterOutputs();
    }
}

/// <summary>What a key is for and who may use it beside the account itself.</summary>
public sealed class EncryptionKeyArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>What the key encrypts, for readers of the console.</summary>
    public required string Description { get; init; }

    /// <summary>Names of CloudWatch log groups that are encrypted with it; each may end in <c>*</c>. Default none.</summary>
    public ImmutableArray<string> LogGroups { get; init; } = [];

    /// <summary>Keep the key in the account when it leaves the program: snapshots stay that nobody could read without it. Default false.</summary>
    public bool Kept { get; init; }

    /// <summary>Refuse deletion through Pulumi and keep the key when it leaves the program. Default neither.</summary>
    public bool Protected { get; init; }
}
