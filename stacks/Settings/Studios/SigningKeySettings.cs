using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The RSA key of the Platform's OIDC tokens.</summary>
public sealed record SigningKeySettings
{
    [Setting("Size of the RSA key in bits.")]
    [OneOf(2048, 3072, 4096)]
    public int Bits { get; init; } = 4096;

    [Setting("Raise it by one to have a new key; the Platform restarts and everybody signs in to sessions again.")]
    [Range(1, int.MaxValue)]
    public int Rotation { get; init; } = 1;
}
