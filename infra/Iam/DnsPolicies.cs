using System.Collections.Immutable;
using Infra.Dns;

namespace Infra.Iam;

/// <summary>What controllers on a cluster may do in a zone of Route 53.</summary>
public static class DnsPolicies
{
    /// <summary>
    /// cert-manager proves that the names are ours: it writes TXT records below <c>_acme-challenge</c> and waits for them (cert-manager documentation,
    /// "Route53"; kops limits the names in the same way).
    /// </summary>
    public static PolicyDocument Proofs(string partition, string zoneId) => new(
        new PolicyStatement("Wait", ["route53:GetChange"]) { Resources = [$"arn:{partition}:route53:::change/*"] },
        new PolicyStatement("Read", ["route53:ListResourceRecordSets"]) { Resources = [Zone(partition, zoneId)] },
        new PolicyStatement("Prove", ["route53:ChangeResourceRecordSets"])
        {
            Resources = [Zone(partition, zoneId)],
            Conditions =
            [
                new PolicyCondition("ForAllValues:StringEquals", "route53:ChangeResourceRecordSetsRecordTypes", "TXT"),
                new PolicyCondition("ForAllValues:StringLike", "route53:ChangeResourceRecordSetsNormalizedRecordNames", "_acme-challenge.*"),
            ],
        });

    /// <summary>
    /// external-dns keeps the records of some domains, and beside each a TXT record that says whose it is (external-dns documentation, "AWS", IAM permissions
    /// with ABAC).
    /// </summary>
    public static PolicyDocument Records(string partition, string zoneId, ImmutableArray<DomainName> domains) => new(
        new PolicyStatement("List", ["route53:ListHostedZones"]) { Resources = ["*"] },
        new PolicyStatement("Read", ["route53:ListResourceRecordSets", "route53:ListTagsForResources"]) { Resources = [Zone(partition, zoneId)] },
        new PolicyStatement("Write", ["route53:ChangeResourceRecordSets"])
        {
            Resources = [Zone(partition, zoneId)],
            Conditions =
            [
                new PolicyCondition("ForAllValues:StringEquals", "route53:ChangeResourceRecordSetsRecordTypes", "A", "AAAA", "CNAME", "TXT"),
                // Its TXT records have a prefix before the name: "cname-apps.example.com" for the domain itself.
                new PolicyCondition(
                    "ForAllValues:StringLike",
                    "route53:ChangeResourceRecordSetsNormalizedRecordNames",
                    [.. domains.Select(domain => $"*{domain}")]),
            ],
        });

    private static string Zone(string partition, string zoneId) => $"arn:{partition}:route53:::hostedzone/{zoneId}";
}
