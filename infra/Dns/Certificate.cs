using System.Collections.Immutable;
using Pulumi;

namespace Infra.Dns;

/// <summary>A TLS certificate, in the form that one kind of load balancer or ingress controller takes.</summary>
/// <param name="Names">Subject alternative names; the first is the certificate's own.</param>
public abstract record Certificate(IReadOnlyList<DomainName> Names)
{
    /// <summary>A certificate of AWS Certificate Manager; the ARN resolves when it has been issued.</summary>
    public sealed record Acm(IReadOnlyList<DomainName> Names, Output<string> Arn) : Certificate(Names);

    /// <summary>A certificate map of Google Certificate Manager, for Gateways.</summary>
    public sealed record Map(IReadOnlyList<DomainName> Names, Output<string> MapName) : Certificate(Names);

    /// <summary>A Google Cloud SSL certificate that an Ingress names with the <c>pre-shared-cert</c> annotation.</summary>
    public sealed record PreShared(IReadOnlyList<DomainName> Names, Output<string> CertificateName) : Certificate(Names);

    /// <summary>A Secret of type <c>kubernetes.io/tls</c> in the namespace of the Ingress.</summary>
    public sealed record TlsSecret(IReadOnlyList<DomainName> Names, Output<string> SecretName) : Certificate(Names);

    public bool Covers(DomainName host) => Names.Any(name => name.Covers(host));
}

/// <summary>The names of one certificate for a set of hosts, and the names whose ownership has to be proven for it.</summary>
/// <param name="Names">Subject alternative names; the first is the certificate's own.</param>
/// <param name="Proofs">One for each DNS record: a name and its wildcard are proven by the same one (terraform-aws-acm #3).</param>
public sealed record CertificateNames(ImmutableArray<DomainName> Names, ImmutableArray<DomainName> Proofs)
{
    /// <summary>Names that AWS Certificate Manager puts into one certificate unless its quota was raised.</summary>
    public const int MostNames = 10;

    /// <summary>Longest first name that AWS Certificate Manager takes (X.509 common name, RFC 5280 appendix A.1).</summary>
    public const int LongestFirstName = 64;

    /// <summary>Covers every host with as few names as there can be: what a wildcard among them covers is left out, but for the first host.</summary>
    /// <param name="hosts">Hosts, the most important one first.</param>
    public static CertificateNames Covering(IReadOnlyList<DomainName> hosts)
    {
        var wildcards = hosts.Where(host => host.IsWildcard).ToImmutableArray();
        var names = hosts
            .Distinct()
            .Where((host, index) => index == 0 || host.IsWildcard || !wildcards.Any(wildcard => wildcard.Covers(host)))
            .OrderBy(host => host.Text.Length > LongestFirstName)
            .ToImmutableArray();
        return new CertificateNames(names, [.. names.Select(ProofOf).Distinct()]);
    }

    /// <summary>The name that is proven for a name: itself, without the wildcard.</summary>
    public static DomainName ProofOf(DomainName name) => name.IsWildcard ? name.Parent() : name;

    public bool Equals(CertificateNames? other) => other is not null && Names.SequenceEqual(other.Names) && Proofs.SequenceEqual(other.Proofs);

    public override int GetHashCode() => HashCode.Combine(Names.Length, Proofs.Length);
}
