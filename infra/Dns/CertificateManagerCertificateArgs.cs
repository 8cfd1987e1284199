using Pulumi;

namespace Infra.Dns;

/// <summary>Which names a certificate of Google has, and where they are proven.</summary>
public sealed class CertificateManagerCertificateArgs : ResourceArgs
{
    public required CertificateNames Names { get; init; }

    /// <summary>Managed zone that all names are in.</summary>
    public required Input<string> ManagedZone { get; init; }
}
