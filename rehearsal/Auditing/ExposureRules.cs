using System.Collections.Frozen;
using System.Globalization;
using Rehearsal.Comparing;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Auditing;

/// <summary>What everybody, or somebody more, can reach after a change.</summary>
internal static class ExposureRules
{
    private static readonly FrozenSet<string> Everybody = FrozenSet.Create(StringComparer.Ordinal, "0.0.0.0/0", "::/0", "0/0", "Internet", "allUsers",
        "allAuthenticatedUsers", "system:anonymous", "system:unauthenticated", "public-read", "public-read-write");

    private static readonly FrozenDictionary<string, Safe> Closing = new (Safe Safe, string[] Names)[]
    {
        (Safe.On, ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets", "internal", "enablePrivateNodes",
            "enablePrivateEndpoint", "uniformBucketLevelAccess"]),
        (Safe.Off, ["publiclyAccessible", "endpointPublicAccess", "mapPublicIpOnLaunch", "associatePublicIpAddress", "assignPublicIp", "ipv4Enabled",
            "publicNetworkAccessEnabled", "allowNestedItemsToBePublic", "isPublic"]),
        (Safe.Present, ["masterAuthorizedNetworksConfig", "loadBalancerSourceRanges"]),
    }.SelectMany(row => row.Names.Select(name => (name, row.Safe))).ToFrozenDictionary(row => row.name, row => row.Safe, StringComparer.Ordinal);

    /// <summary>Annotations by which controllers make a balancer of the inside or of the outside, and what is inside.</summary>
    private static readonly (string Annotation, string Inside)[] Schemes =
    [
        ("alb.ingress.kubernetes.io/scheme", "internal"), ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
        ("service.beta.kubernetes.io/aws-load-balancer-internal", "true"), ("networking.gke.io/load-balancer-type", "Internal"),
        ("cloud.google.com/load-balancer-type", "Internal"), ("kubernetes.io/ingress.class", "gce-internal"),
        ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
    ];

    private static readonly FrozenSet<string> Links = FrozenSet.Create(StringComparer.Ordinal, "VpcPeeringConnection", "VpcAttachment", "NetworkPeering",
        "InternetGateway", "VpnConnection", "VpnGateway", "VPNTunnel", "InterconnectAttachment");

    public static IEnumerable<string> Public(ResourceChange change)
    {
        if (change.New is null)
        {
            return Types.Kind(change.Type) is "BucketPublicAccessBlock" or "AccountPublicAccessBlock"
                && !change.State.RetainOnDelete ? ["what blocked it is deleted"] : [];
        }
        return Reached(change).Concat(Opened(change)).Concat(Balanced(change));
    }

    public static IEnumerable<string> Network(ResourceChange change)
    {
        var (old, @new, kind) = (change.Old.Inputs(), change.New.Inputs(), Types.Kind(change.Type));
        if (kind == "NetworkPolicy")
        {
            return change.Kind == ChangeKind.Delete ? ["the policy is deleted"] : change.Old is null ? []
                : NewRules(old, @new, "spec.ingress").Concat(NewRules(old, @new, "spec.egress"))
                    .Concat(old.Texts("spec.policyTypes").Except(@new.Texts("spec.policyTypes"), StringComparer.Ordinal)
                        .Select(type => $"{type} is no longer refused"));
        }
        if (change.New is null || !change.IsReal)
        {
            return [];
        }
        if (change.Old is null && Links.Contains(kind))
        {
            return ["networks are joined"];
        }
        return kind switch
        {
            "SecurityGroup" or "DefaultSecurityGroup" => Sources(old, @new, "ingress"),
            "SecurityGroupRule" when @new.Text("type") == "ingress" => Rule(change),
            "SecurityGroupIngressRule" or "VpcSecurityGroupIngressRule" => Rule(change),
            "NetworkAclRule" when @new.Text("ruleAction") == "allow" && !@new.IsOn("egress") => Rule(change),
            "Firewall" when @new.Text("direction") != "EGRESS" => Reading.Added(old, @new, "sourceRanges").Concat(Reading.Added(old, @new, "allows"))
                .Concat(Reading.Added(old, @new, "sourceTags")).Select(PropertyChanges.Text),
            "Cluster" => Reading.Added(old, @new, "vpcConfig.publicAccessCidrs").Concat(Reading.Added(old, @new, "masterAuthorizedNetworksConfig.cidrBlocks"))
                .Where(_ => change.Old is not null).Select(PropertyChanges.Text),
            "Service" when change.Old is not null => Reading.Added(old, @new, "spec.loadBalancerSourceRanges").Select(PropertyChanges.Text),
            _ => [],
        };
    }

    private static IEnumerable<string> NewRules(PropertyMap old, PropertyMap @new, string path)
        => Reading.Added(old, @new, path).Select(rule => $"{path}: {PropertyChanges.Text(rule)}");

    private static IEnumerable<string> Sources(PropertyMap old, PropertyMap @new, string path)
        => Reading.Added(old, @new, path).Where(rule => rule is ObjectProperty).Select(rule => ((ObjectProperty)rule).Properties)
            .Select(rule => $"{path}: {Described(rule)}");

    private static IEnumerable<string> Rule(ResourceChange change) => [Described(change.New.Inputs())];

    // Port 443 from 10.0.0.0/16
    private static string Described(PropertyMap rule)
    {
        var (from, to) = (rule.Number("fromPort"), rule.Number("toPort"));
        var ports = from is null ? "all ports" : from == to ? string.Create(CultureInfo.InvariantCulture, $"port {from}")
            : string.Create(CultureInfo.InvariantCulture, $"ports {from} to {to}");
        string[] sources =
        [
            .. rule.Texts("cidrBlocks"), .. rule.Texts("ipv6CidrBlocks"), .. rule.Texts("cidrIpv4"), .. rule.Texts("cidrIpv6"), .. rule.Texts("cidrBlock"),
            .. rule.Texts("securityGroups"), .. rule.Texts("sourceSecurityGroupId"), .. rule.Texts("referencedSecurityGroupId"), .. rule.IsOn("self")
                ? ["itself"] : Array.Empty<string>(),
        ];
        return $"{ports} from {(sources.Length == 0 ? "what only a deployment knows" : string.Join(", ", sources))}";
    }

    // Words for everybody that were not there before; who may be called from the inside is no exposure
    private static IEnumerable<string> Reached(ResourceChange change)
    {
        var kind = Types.Kind(change.Type);
        var isOutgoing = change.New.Inputs().Text("type") == "egress" || change.New.Inputs().Text("direction") == "EGRESS"
            || kind.Contains("Egress", StringComparison.Ordinal)
            || kind.Contains("Route", StringComparison.Ordinal) || kind is "NetworkAcl" or "NetworkPolicy" or "Nat" or "RouterNat";
        if (isOutgoing)
        {
            return [];
        }
        var before = change.Old.Inputs().AllTexts().Where(text => Everybody.Contains(text.Text)).Select(text => (Plain(text.Path), text.Text)).ToHashSet();
        return change.New.Inputs().AllTexts().Where(text => Everybody.Contains(text.Text) && !text.Path.Contains("egress", StringComparison.OrdinalIgnoreCase)
            && !text.Path.Contains("description", StringComparison.OrdinalIgnoreCase) && !before.Contains((Plain(text.Path), text.Text)))
            .Select(text => $"{text.Path}: {text.Text}");
    }

    private static string Plain(string path) => string.Concat(path.Where(letter => !char.IsAsciiDigit(letter)));

    private static IEnumerable<string> Opened(ResourceChange change)
    {
        var changed = change.Old is null ? PropertyChanges.All(change.New.Inputs(), DifferenceKind.Add) : WeakenedRules.Changed(change);
        foreach (var property in changed.Where(property => !property.IsSecret))
        {
            // Of what is new only what it says itself: what it leaves out is the provider's own choice
            if (Closing.TryGetValue(property.Path[(property.Path.LastIndexOf('.') + 1)..].Split('[')[0], out var safe)
                && (change.Old is not null || safe == Safe.Off)
                && WeakenedRules.IsWeaker(safe, property.Old, property.New))
            {
                yield return WeakenedRules.Told(property);
            }
        }
    }

    private static IEnumerable<string> Balanced(ResourceChange change)
    {
        if (Types.Package(change.Type) != "kubernetes")
        {
            yield break;
        }
        var (old, @new) = (change.Old.Inputs(), change.New.Inputs());
        foreach (var (annotation, inside) in Schemes)
        {
            var path = PropertyPath.Join("metadata.annotations", annotation);
            if (old.Text(path) == inside && @new.Text(path) != inside)
            {
                yield return $"{annotation}: {@new.Text(path) ?? "taken away"}";
            }
            else if (change.Old is null && @new.Text(path) is "internet-facing" or "false")
            {
                yield return $"{annotation}: {@new.Text(path)}";
            }
        }
        if (Types.Kind(change.Type) == "Service" && @new.Text("spec.type") is "LoadBalancer" or "NodePort" && old.Text("spec.type") != @new.Text("spec.type")
            && !Schemes.Any(scheme => @new.Text(PropertyPath.Join("metadata.annotations", scheme.Annotation)) == scheme.Inside))
        {
            yield return $"spec.type: {@new.Text("spec.type")}";
        }
    }
}
