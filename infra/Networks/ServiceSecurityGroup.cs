using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Vpc;

namespace Infra.Networks;

/// <summary>The security group of a service: named ports, open to named clients only.</summary>
public sealed class ServiceSecurityGroup : ComponentResource
{
    private const string Token = "platform:networks:ServiceSecurityGroup";
    private const string Tcp = "tcp";

    private readonly Output<string> _id;
    private readonly List<Output<string>> _rules = [];

    /// <summary>Id of the group; resolves when its rules exist: FSx refuses a file system whose group does not let it talk to itself.</summary>
    [Output("groupId")]
    public Output<string> GroupId { get; private set; }

    public ServiceSecurityGroup(string name, ServiceSecurityGroupArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var group = new SecurityGroup(
            name,
            new SecurityGroupArgs { VpcId = args.VpcId, Description = args.Description, Tags = { ["Name"] = name } },
            new CustomResourceOptions { Parent = this });
        _id = group.Id;

        foreach (var ports in args.Ports)
        {
            if (args.ClientGroupId is { } clients)
            {
                Ingress($"{name}-from-clients-{ports.Role}", Rule(args, ports, rule => rule.ReferencedSecurityGroupId = clients));
            }

            foreach (var block in args.ClientBlocks)
            {
                Ingress($"{name}-from-{block.Text.Replace('/', '-')}-{ports.Role}", Rule(args, ports, rule => rule.CidrIpv4 = block.Text));
            }

            if (args.TalksBack)
            {
                Ingress($"{name}-from-itself-{ports.Role}", Rule(args, ports, rule => rule.ReferencedSecurityGroupId = _id));
                Egress($"{name}-to-itself-{ports.Role}", args, ports, _id);
                if (args.ClientGroupId is { } peers)
                {
                    Egress($"{name}-to-clients-{ports.Role}", args, ports, peers);
                    // The other end of it: a node's group lets nobody in whom it does not name.
                    var calls = Rule(args, ports, rule => rule.ReferencedSecurityGroupId = _id);
                    calls.SecurityGroupId = peers;
                    Ingress($"{name}-at-clients-{ports.Role}", calls);
                }
            }
        }

        GroupId = _rules.Count == 0 ? _id : _id.After(Output.All(_rules));
        RegisterOutputs();
    }

    private SecurityGroupIngressRuleArgs Rule(ServiceSecurityGroupArgs args, PortRange ports, Action<SecurityGroupIngressRuleArgs> source)
    {
        var rule = new SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = _id,
            Description = args.Description,
            IpProtocol = Tcp,
            FromPort = ports.First,
            ToPort = ports.Last,
        };
        source(rule);
        return rule;
    }

    private void Ingress(string name, SecurityGroupIngressRuleArgs rule) =>
        _rules.Add(new SecurityGroupIngressRule(name, rule, new CustomResourceOptions { Parent = this }).Id);

    private void Egress(string name, ServiceSecurityGroupArgs args, PortRange ports, Input<string> target) => _rules.Add(new SecurityGroupEgressRule(
        name,
        new SecurityGroupEgressRuleArgs
        {
            SecurityGroupId = _id,
            Description = args.Description,
            IpProtocol = Tcp,
            FromPort = ports.First,
            ToPort = ports.Last,
            ReferencedSecurityGroupId = target,
        },
        new CustomResourceOptions { Parent = this }).Id);
}

/// <summary>Who may open connections to a service, and to which of its ports.</summary>
public sealed class ServiceSecurityGroupArgs : ResourceArgs
{
    public required Input<string> VpcId { get; init; }

    /// <summary>What the group guards; AWS cannot change it, so changing it replaces the group.</summary>
    public required string Description { get; init; }

    public required ImmutableArray<PortRange> Ports { get; init; }

    /// <summary>Security group of the clients. Default none.</summary>
    public Input<string>? ClientGroupId { get; init; }

    /// <summary>Addresses of the clients. Default none.</summary>
    public ImmutableArray<Ipv4Block> ClientBlocks { get; init; } = [];

    /// <summary>The service itself opens connections, to its clients and to the members of this group. Default false: it only answers.</summary>
    public bool TalksBack { get; init; }
}

/// <summary>TCP ports that the services of the platform listen on.</summary>
public static class ServicePorts
{
    public static ImmutableArray<PortRange> Http { get; } = [PortRange.Single(80)];

    public static ImmutableArray<PortRange> Https { get; } = [PortRange.Single(443)];

    public static ImmutableArray<PortRange> Redis { get; } = [PortRange.Single(6379)];

    public static ImmutableArray<PortRange> Postgres { get; } = [PortRange.Single(5432)];

    /// <summary>NFS 4.1, the only port of EFS.</summary>
    public static ImmutableArray<PortRange> Nfs { get; } = [PortRange.Single(2049)];

    /// <summary>FSx for Lustre user guide, "Amazon VPC security groups": file system and clients talk in both directions.</summary>
    public static ImmutableArray<PortRange> Lustre { get; } = [PortRange.Single(988), new PortRange(1018, 1023)];
}

/// <summary>Neighbouring TCP ports that one rule opens.</summary>
/// <param name="First">First port.</param>
/// <param name="Last">Last port; the same as the first for a single one.</param>
public sealed record PortRange(int First, int Last)
{
    public static PortRange Single(int port) => new(port, port);

    /// <summary>As part of a logical name: <c>443</c> or <c>1018-1023</c>.</summary>
    public string Role => First == Last ? $"{First}" : $"{First}-{Last}";
}

/// <summary>Traffic from one security group to another, which both must allow.</summary>
internal static class SecurityGroupTraffic
{
    /// <summary>Allows a TCP port; <paramref name="names"/> are the logical names of the rule that lets out and of the one that lets in.</summary>
    public static void Allow(Resource parent, (string Out, string In) names, string description, Input<string> from, Input<string> to, int port)
    {
        new SecurityGroupEgressRule(
            names.Out,
            new SecurityGroupEgressRuleArgs
            {
                SecurityGroupId = from,
                Description = description,
                IpProtocol = "tcp",
                FromPort = port,
                ToPort = port,
                ReferencedSecurityGroupId = to,
            },
            new CustomResourceOptions { Parent = parent });
        new SecurityGroupIngressRule(
            names.In,
            new SecurityGroupIngressRuleArgs
            {
                SecurityGroupId = to,
                Description = description,
                IpProtocol = "tcp",
                FromPort = port,
                ToPort = port,
                ReferencedSecurityGroupId = from,
            },
            new CustomResourceOptions { Parent = parent });
    }
}
