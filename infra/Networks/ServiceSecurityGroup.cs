using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Vpc;

namespace Infra.Networks;

/// <summary>The security group of a service: named ports, open to named clients and to nobody else.</summary>
public sealed class ServiceSecurityGroup : ComponentResource
{
    private const string Token = "platform:networks:ServiceSecurityGroup";
    private const string Tcp = "tcp";

    /// <summary>Id of the group; resolves when it exists.</summary>
    [Output("groupId")]
    public Output<string> GroupId { get; private set; }

    public ServiceSecurityGroup(string name, ServiceSecurityGroupArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var group = new SecurityGroup(
            name,
            new SecurityGroupArgs { VpcId = args.VpcId, Description = args.Description, Tags = { ["Name"] = name } },
            new CustomResourceOptions { Parent = this });
        GroupId = group.Id;

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
                Ingress($"{name}-from-itself-{ports.Role}", Rule(args, ports, rule => rule.ReferencedSecurityGroupId = GroupId));
                Egress($"{name}-to-itself-{ports.Role}", args, ports, GroupId);
                if (args.ClientGroupId is { } peers)
                {
                    Egress($"{name}-to-clients-{ports.Role}", args, ports, peers);
                }
            }
        }

        RegisterOutputs();
    }

    private SecurityGroupIngressRuleArgs Rule(ServiceSecurityGroupArgs args, PortRange ports, Action<SecurityGroupIngressRuleArgs> source)
    {
        var rule = new SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = GroupId,
            Description = args.Description,
            IpProtocol = Tcp,
            FromPort = ports.First,
            ToPort = ports.Last,
        };
        source(rule);
        return rule;
    }

    private void Ingress(string name, SecurityGroupIngressRuleArgs rule) => new SecurityGroupIngressRule(name, rule, new CustomResourceOptions { Parent = this });

    private void Egress(string name, ServiceSecurityGroupArgs args, PortRange ports, Input<string> target) => new SecurityGroupEgressRule(
        name,
        new SecurityGroupEgressRuleArgs
        {
            SecurityGroupId = GroupId,
            Description = args.Description,
            IpProtocol = Tcp,
            FromPort = ports.First,
            ToPort = ports.Last,
            ReferencedSecurityGroupId = target,
        },
        new CustomResourceOptions { Parent = this });
}
