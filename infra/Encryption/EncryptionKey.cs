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
                DeletionWindowInDays = args.DeletionWindowInDays,
                EnableKeyRotation = true,
                RotationPeriodInDays = RotationPeriodInDays,
                Policy = args.Account.AccountId.Apply(account => KeyPolicies.AccountKey(region.Partition, region.Name, account, args.LogGroups).ToJson()),
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });

        new Pulumi.Aws.Kms.Alias(
            $"{name}-alias",
            new AliasArgs { TargetKeyId = key.KeyId },
            new CustomResourceOptions { Parent = this });

        Arn = key.Arn;
        RegisterOutputs();
    }
}
