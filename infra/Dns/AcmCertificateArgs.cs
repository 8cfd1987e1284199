using Pulumi;

namespace Infra.Dns;

/// <summary>Which names a certificate has, and where they are proven.</summary>
public sealed class AcmCertificateArgs : ResourceArgs
{
    public required CertificateNames Names { get; init; }

    /// <summary>Public zone that all names are in.</summary>
    public required Input<string> ZoneId { get; init; }
}
