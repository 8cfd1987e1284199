using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Naming;
using Pulumi;
using Pulumi.Gcp.CertificateManager;
using Pulumi.Gcp.CertificateManager.Inputs;
using Pulumi.Gcp.Dns;

namespace Infra.Dns;

/// <summary>
/// A certificate of Google's Certificate Manager in a map that Gateways take, with the DNS records that prove its names; it renews itself as long as they stay.
/// </summary>
/// <remarks>
/// The proof is in DNS, not at the load balancer: the certificate is issued, wildcards and all, before anything listens. That takes ten minutes to an hour.
/// </remarks>
public sealed class CertificateManagerCertificate : ComponentResource
{
    private const string Token = "platform:dns:CertificateManagerCertificate";
    private const int ProofSeconds = 300;

    // Names of Certificate Manager have 63 characters; prefix and Pulumi's suffix share them with the host.
    private static readonly GcpNameRule EntryName = new("certificate entry", 1, 32);

    /// <summary>Name of the map; resolves when every name has its entry.</summary>
    [Output("mapName")]
    public Output<string> MapName { get; private set; }

    /// <summary>The certificate in the form that Gateways take.</summary>
    public Certificate.Map Map { get; }

    public CertificateManagerCertificate(string name, CertificateManagerCertificateArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var (names, proofs) = args.Names;
        var authorizations = proofs.Select(proof => Authorize(name, proof, args)).ToImmutableArray();
        var certificate = new Pulumi.Gcp.CertificateManager.Certificate(
            name,
            new CertificateArgs
            {
                Scope = "DEFAULT",
                Managed = new CertificateManagedArgs
                {
                    Domains = names.Select(covered => covered.Text).ToImmutableArray(),
                    DnsAuthorizations = authorizations,
                },
            },
            new CustomResourceOptions { Parent = this });
        var map = new CertificateMap($"{name}-map", new CertificateMapArgs(), new CustomResourceOptions { Parent = this });
        var entries = names.Select(covered => new CertificateMapEntry(
            $"{name}-{Key(covered)}",
            new CertificateMapEntryArgs { Map = map.Name, Hostname = covered.Text, Certificates = { certificate.Id } },
            new CustomResourceOptions { Parent = this }).Id);

        // A Gateway that sees the map before its entries answers with no certificate at all.
        MapName = map.Name.After(Output.All(entries));
        Map = new Certificate.Map(names, MapName);
        RegisterOutputs();
    }

    // Wildcards prove nothing of their own: a name's authorization is good for the names one label below it.
    private Input<string> Authorize(string name, DomainName proof, CertificateManagerCertificateArgs args)
    {
        var authorization = new DnsAuthorization(
            $"{name}-{Key(proof)}", new DnsAuthorizationArgs { Domain = proof.Text }, new CustomResourceOptions { Parent = this });
        var record = authorization.DnsResourceRecords.Apply(records => records[0]);
        var written = new RecordSet(
            $"{name}-{Key(proof)}-proof",
            new RecordSetArgs
            {
                ManagedZone = args.ManagedZone,
                Name = record.Apply(proven => proven.Name!),
                Type = record.Apply(proven => proven.Type!),
                Rrdatas = { record.Apply(proven => proven.Data!) },
                Ttl = ProofSeconds,
            },
            new CustomResourceOptions { Parent = this });
        // The certificate is asked for only when Google can find the proof.
        return authorization.Id.After(written.Id);
    }

    private static string Key(DomainName name) => GcpName.For(EntryName, name.IsWildcard ? $"any.{name.Parent()}" : name.Text, "");
}

/// <summary>Which names a certificate of Google has, and where they are proven.</summary>
public sealed class CertificateManagerCertificateArgs : ResourceArgs
{
    public required CertificateNames Names { get; init; }

    /// <summary>Managed zone that all names are in.</summary>
    public required Input<string> ManagedZone { get; init; }
}
