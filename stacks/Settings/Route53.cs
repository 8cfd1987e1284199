using System.Collections.Immutable;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Networks;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>A zone of Route 53 and the load balancer that its names resolve to.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster), Instead = nameof(PlatformSettings.Compose))]
public sealed record Route53Settings : DnsSettings, IChecked
{
    private static readonly ImmutableArray<Ipv4Block> Everybody = [Ipv4Block.Parse("0.0.0.0/0")];

    [Setting("The zone that holds the hosts of the platform.", Example = "example.com")]
    public override required DomainName Zone { get; init; }

    [Setting("Make the zone instead of looking it up.")]
    public bool CreateZone { get; init; }

    [Setting("Zone in the same account that delegates the new one.", Absent = "the owner of the parent zone delegates it by hand", Example = "example.com")]
    public DomainName? ParentZone { get; init; }

    [Setting("Route the Platform's own host to its frontend on this cluster as well.", Absent = "the Platform's host keeps the record that it has")]
    public override PlatformServiceSettings? PlatformService { get; init; }

    [Setting("Further hosts of the Platform's frontend, such as its content domain.", Absent = "none", Example = "[user-data.example.com]")]
    public override ImmutableArray<DomainName> ExtraHosts { get; init; } = [];

    [Setting("A certificate that exists.", Absent = "a new one, which renews itself")]
    public ExistingCertificateSettings? Certificate { get; init; }

    [Setting("Who makes the load balancer.")]
    public LoadBalancerOwner LoadBalancer { get; init; } = LoadBalancerOwner.Stack;

    [Setting("Reachable from the internet; otherwise only from inside the VPC and what is connected to it.")]
    public bool InternetFacing { get; init; } = PlatformLoadBalancerArgs.DefaultInternetFacing;

    [Setting("Addresses that may connect to the platform.")]
    [Fewest(1)]
    public ImmutableArray<Ipv4Block> Clients { get; init; } = Everybody;

    [Setting("Where the Application Load Balancer writes a line for each request.", Absent = "nowhere")]
    public AccessLogSettings? AccessLogs { get; init; }

    [Setting("The web ACL of AWS WAF that sees every request before the balancer.", Absent = "none")]
    public WebAclSettings? WebAcl { get; init; }

    public override T Match<T>(IDnsKinds<T> kinds) => kinds.Route53(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. CheckHosts(platform, at),
        .. CheckZone(platform, at),
        .. CheckCertificate(platform, at),
        .. CheckLoadBalancer(platform, at),
        .. ClusterRules.NeedsEks(platform, at),
    ];

    private IEnumerable<SettingsProblem> CheckZone(PlatformSettings platform, SettingPath at)
    {
        if (ParentZone is not null && (!CreateZone || !Zone.IsSubdomainOf(ParentZone)))
        {
            yield return new(
                at[nameof(ParentZone)], CreateZone ? $"is not above the zone {Zone}" : "is given, and no zone is made that it could delegate",
                "a zone above the one that createZone: true makes", "set createZone: true with a zone below it, or remove parentZone", ParentZone.Text);
        }

        var hosts = HostsOf(platform);
        if (hosts.Count > 0 && Certificate is null && CertificateNames.Covering(hosts).Names.Length > CertificateNames.MostNames)
        {
            yield return new(
                at[nameof(ExtraHosts)],
                $"brings the certificate to {CertificateNames.Covering(hosts).Names.Length} names",
                $"{CertificateNames.MostNames} names on one certificate",
                "move hosts below the session wildcard, or give a certificate of your own");
        }
    }

    private IEnumerable<SettingsProblem> CheckCertificate(PlatformSettings platform, SettingPath at)
    {
        if (Certificate is not { } certificate || (platform.Studios is null && platform.Compose?.Host is null))
        {
            yield break;
        }

        foreach (var host in HostsOf(platform).Where(host => !certificate.Names.Any(name => name.Covers(host))))
        {
            yield return new(
                at[nameof(Certificate)]["names"], $"do not cover {host}", "names that cover every host, the session wildcard among them",
                "give a certificate with that name, or remove certificate to have one issued", string.Join(", ", certificate.Names));
        }
    }

    private IEnumerable<SettingsProblem> CheckLoadBalancer(PlatformSettings platform, SettingPath at)
    {
        if (Clients.IsEmpty)
        {
            yield return new(at[nameof(Clients)], "is empty, and no address could connect", "one address block or more", "clients: [0.0.0.0/0]");
        }

        if (LoadBalancer is LoadBalancerOwner.Ingress && platform.Studios is { Ingress: not AlbIngressSettings })
        {
            yield return new(
                at[nameof(LoadBalancer)], "leaves the load balancer to Ingresses, and platform:studios.ingress describes none for an ALB",
                "stack, or ingress beside studios.ingress.alb", "add ingress: { alb: {} } to platform:studios", "ingress");
        }

        // Who reads here that few may connect must not find the platform open to all.
        if (LoadBalancer is LoadBalancerOwner.Ingress && (!InternetFacing || !Clients.SequenceEqual(Everybody)))
        {
            var (key, given, instead) = InternetFacing
                ? (nameof(Clients), $"[{string.Join(", ", Clients)}]", "restrict clients where the controller makes the balancer")
                : (nameof(InternetFacing), "false", "say studios.ingress.alb.internal: true instead");
            yield return new(
                at[key], "has no effect with loadBalancer: ingress, whose controller makes the balancer", "given with loadBalancer: stack",
                $"set loadBalancer: stack, or remove {SettingPath.KeyFor(key)} and {instead}", given);
        }

        if (LoadBalancer is LoadBalancerOwner.Stack && platform.Studios is { Ingress: not null })
        {
            yield return new(
                at[nameof(LoadBalancer)], "makes a load balancer, and platform:studios.ingress would make a second one", "ingress, or no studios.ingress",
                "loadBalancer: ingress, or remove platform:studios.ingress", "stack");
        }

        var network = platform.Compose?.Host is { } composed
            ? composed.Network as ExistingNetworkSettings
            : (platform.Cluster as AnyEksSettings)?.ExistingNetwork;
        if (InternetFacing && network is { PublicSubnets.IsEmpty: true })
        {
            yield return new(
                at[nameof(InternetFacing)], "needs public subnets, and the VPC of the cluster names none", "false, or publicSubnets in the cluster's network",
                "internetFacing: false", "true");
        }
    }
}

/// <summary>A certificate of AWS Certificate Manager that exists.</summary>
public sealed record ExistingCertificateSettings
{
    [Setting(
        "ARN of the certificate, in the region of the stack.", Example = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef")]
    public required CertificateArn Arn { get; init; }

    [Setting("The names on it; AWS does not tell them to this program.", Example = "[example.com, \"*.example.com\"]")]
    public required ImmutableArray<DomainName> Names { get; init; }
}

/// <summary>Who makes the load balancer in front of the platform.</summary>
public enum LoadBalancerOwner
{
    /// <summary>This stack: its address is known before anything runs on the cluster, and it shows in every preview.</summary>
    Stack,

    /// <summary>The AWS Load Balancer Controller, from Ingress objects; records follow the address in their status.</summary>
    Ingress,
}
