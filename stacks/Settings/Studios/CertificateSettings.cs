using System.Collections.Immutable;
using Infra.Dns;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>A certificate that exists, and the names on it.</summary>
[ExactlyOne(nameof(Arn), nameof(TlsSecret), nameof(PreShared))]
public sealed record CertificateSettings
{
    [Setting("Names it is good for, wildcards included.", Example = "[example.com, '*.example.com']")]
    public required ImmutableArray<DomainName> Names { get; init; }

    [Setting("ARN in AWS Certificate Manager, for alb.", Example = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c")]
    [Length(20, 2048)]
    public string? Arn { get; init; }

    [Setting("Secret of type kubernetes.io/tls in the namespace.", Example = "studios-tls")]
    [KubernetesSubdomain]
    public string? TlsSecret { get; init; }

    [Setting("Name of a Google Cloud SSL certificate, for gce.", Example = "studios")]
    [Length(1, 63)]
    public string? PreShared { get; init; }
}
