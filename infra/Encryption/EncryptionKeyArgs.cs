using System.Collections.Immutable;
using Infra.Accounts;
using Pulumi;

namespace Infra.Encryption;

/// <summary>What a key is for and who may use it beside the account itself.</summary>
public sealed class EncryptionKeyArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>What the key encrypts, for whoever finds it in the console.</summary>
    public required string Description { get; init; }

    /// <summary>Names of CloudWatch log groups that are encrypted with it; each may end in <c>*</c>. Default none.</summary>
    public ImmutableArray<string> LogGroups { get; init; } = [];

    /// <summary>Days in which a deletion can be taken back: 7 to 30, the range of KMS. Default 30.</summary>
    public int DeletionWindowInDays { get; init; } = 30;

    /// <summary>Refuse deletion through Pulumi and keep the key when it leaves the program. Default neither.</summary>
    public bool Protected { get; init; }
}
