using Pulumi;
using Pulumi.Aws.Ec2;

namespace Infra.Networks;

/// <summary>Private ways from a VPC to AWS services: S3 through the route tables, others through network interfaces.</summary>
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
