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
