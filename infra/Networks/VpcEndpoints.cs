using System.Collections.Immutable;
using Infra.Accounts;
using Pulumi;
using Pulumi.Aws.Ec2;

namespace Infra.Networks;

/// <summary>Private endpoints from a VPC to AWS services: S3 through the route tables, others through network interfaces.</summary>
public sealed class VpcEndpoints : ComponentResource
{
    private const string Token = "platform:networks:VpcEndpoints";

    public VpcEndpoints(string name, VpcEndpointsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        new VpcEndpoint(
            $"{name}-s3",
            new VpcEndpointArgs
            {
                VpcId = args.VpcId,
                ServiceName = ServiceName(args, "s3"),
                VpcEndpointType = "Gateway",
                RouteTableIds = args.GatewayRouteTableIds.Select(id => (Input<string>)id).ToList(),
                Tags = Tags(args, "s3"),
            },
            new CustomResourceOptions { Parent = this });
        if (!args.InterfaceServices.IsEmpty)
        {
            MakeInterfaces(name, args);
        }

        RegisterOutputs();
    }

    private static string ServiceName(VpcEndpointsArgs args, string service) => $"com.amazonaws.{args.Region}.{service}";

    private static InputMap<string> Tags(VpcEndpointsArgs args, string service) => new() { ["Name"] = $"{args.DisplayName} {service}" };

    private void MakeInterfaces(string name, VpcEndpointsArgs args)
    {
        var clients = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs
            {
                VpcId = args.VpcId,
                Description = "AWS services reached from inside the VPC",
                Ports = ServicePorts.Https,
                ClientBlocks = [args.Block],
            },
            new ComponentResourceOptions { Parent = this });

        foreach (var service in args.InterfaceServices)
        {
            new VpcEndpoint(
                $"{name}-{service.Replace('.', '-')}",
                new VpcEndpointArgs
                {
                    VpcId = args.VpcId,
                    ServiceName = ServiceName(args, service),
                    VpcEndpointType = "Interface",
                    PrivateDnsEnabled = true,
                    SecurityGroupIds = { clients.GroupId },
                    SubnetIds = args.InterfaceSubnets.Select(subnet => (Input<string>)subnet.Id).ToList(),
                    Tags = Tags(args, service),
                },
                new CustomResourceOptions { Parent = this });
        }
    }
}

/// <summary>Which AWS services are reached from inside a VPC.</summary>
public sealed class VpcEndpointsArgs : ResourceArgs
{
    public required AwsRegion Region { get; init; }

    /// <summary>Start of the <c>Name</c> tags.</summary>
    public required string DisplayName { get; init; }

    public required Input<string> VpcId { get; init; }

    /// <summary>Addresses that may call the services: those of the VPC.</summary>
    public required Ipv4Block Block { get; init; }

    /// <summary>Services with network interfaces in the VPC, at a price for each hour and zone.</summary>
    public required ImmutableArray<string> InterfaceServices { get; init; }

    /// <summary>Where the interfaces stand.</summary>
    public required IReadOnlyList<NetworkSubnet> InterfaceSubnets { get; init; }

    /// <summary>Route tables that send traffic for S3 past the NAT gateways.</summary>
    public required ImmutableArray<Output<string>> GatewayRouteTableIds { get; init; }
}

/// <summary>The AWS services that an EKS cluster and its add-ons call, by the last part of their endpoint's name.</summary>
public static class EndpointServices
{
    /// <summary>EKS user guide, "Deploy private clusters with limited internet access", and the services of the add-ons that this program installs.</summary>
    public static ImmutableArray<string> Cluster { get; } =
    [
        "autoscaling", "ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticfilesystem", "elasticloadbalancing", "kms", "logs", "sts",
    ];
}
