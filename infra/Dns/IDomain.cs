namespace Infra.Dns;

/// <summary>The names of the platform and the certificates that cover them, whoever issued them.</summary>
/// <remarks>A domain whose zone this program can write to implements <see cref="IDnsZone"/> as well.</remarks>
public interface IDomain
{
    /// <summary>Hosts are plain values: they decide which rules, records and certificate names exist.</summary>
    PlatformHosts Hosts { get; }

    /// <summary>All certificates; together they cover every host of <see cref="Hosts"/>.</summary>
    IReadOnlyList<Certificate> Certificates { get; }
}
