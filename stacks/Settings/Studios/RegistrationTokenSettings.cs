using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The initial registration token.</summary>
public sealed record RegistrationTokenSettings
{
    [Setting("Raise it by one to have a new token; connect-proxy and the Platform restart.")]
    [Range(1, int.MaxValue)]
    public int Rotation { get; init; } = 1;
}
