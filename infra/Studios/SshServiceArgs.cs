using Pulumi;

namespace Infra.Studios;

/// <summary>Where SSH comes in.</summary>
public sealed class SshServiceArgs : ResourceArgs
{
    /// <summary>Namespace of connect-proxy.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>What kind of Service.</summary>
    public required SshServicePlan Plan { get; init; }

    /// <summary>Host that ExternalDNS announces for the Service. Default none: the record is made in another way.</summary>
    public string? ExternalDnsHost { get; init; }
}
