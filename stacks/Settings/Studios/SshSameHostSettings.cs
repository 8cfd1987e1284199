using Infra.Studios;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>SSH on the host of connect-proxy.</summary>
public sealed record SshSameHostSettings
{
    [Setting("Port of every node that the balancer sends SSH to.")]
    [Range(30000, 32767)]
    public int NodePort { get; init; } = SshExposure.SameHost.DefaultNodePort;
}
