using Infra.Accounts;
using Infra.Manifests;
using Pulumi;
using Pulumi.Gcp.Compute;
using Pulumi.Gcp.Compute.Inputs;
using Pulumi.Gcp.ServiceNetworking;

namespace Infra.Networks;

/// <summary>A VPC network with one subnetwork for a GKE cluster, a way out through Cloud NAT, and room for managed services.</summary>
public sealed class GcpNetwork : ComponentResource, IGcpNetwork
{
    private const string Token = "platform:networks:GcpNetwork";
    private const string Pods = "pods";
    private const string Services = "services";

    /// <summary>Full name of the network; resolves when it exists.</summary>
    [Output("networkId")]
    public Output<string> NetworkId { get; private set; }

    /// <summary>Full name of the subnetwork; resolves when nodes in it reach the internet.</summary>
    [Output("subnetworkId")]
    public Output<string> SubnetworkId { get; private set; }

    public Output<string>? PodsRangeName { get; } = Output.Create(Pods);

    public Output<string>? ServicesRangeName { get; } = Output.Create(Services);

    public Output<string> ManagedServicesNetworkId { get; }

    // Powers of two (Cloud NAT documentation, "Dynamic port allocation").
    private const int FewestNatPorts = 256;
    private const int MostNatPorts = 8192;
    private const int SilentSeconds = 3600;

    public GcpNetwork(string name, GcpNetworkArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var network = new Network(
            name,
            new NetworkArgs { AutoCreateSubnetworks = false, RoutingMode = "REGIONAL" },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        NetworkId = network.Id;

        var subnetwork = new Subnetwork(
            $"{name}-nodes",
            Subnetwork(args, NetworkId),
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        var nat = MakeWayOut(name, args);
        // Private nodes pull their first images through the NAT gateway, which no input of a node pool names.
        SubnetworkId = subnetwork.Id.After(nat.Id);

        ManagedServicesNetworkId = new ManagedServicesAccess(
            $"{name}-managed-services",
            new ManagedServicesAccessArgs { NetworkId = NetworkId, Block = args.Addresses.ManagedServices, Protected = args.Protected },
            new ComponentResourceOptions { Parent = this }).NetworkId;
        RegisterOutputs();
    }

    private static SubnetworkArgs Subnetwork(GcpNetworkArgs args, Output<string> networkId)
    {
        var subnetwork = new SubnetworkArgs
        {
            Network = networkId,
            Region = args.Project.Region.Name,
            IpCidrRange = args.Addresses.Nodes.Text,
            SecondaryIpRanges =
            {
                new SubnetworkSecondaryIpRangeArgs { RangeName = Pods, IpCidrRange = args.Addresses.Pods.Text },
                new SubnetworkSecondaryIpRangeArgs { RangeName = Services, IpCidrRange = args.Addresses.Services.Text },
            },
            PrivateIpGoogleAccess = true,
            StackType = "IPV4_ONLY",
        };
        if (args.FlowLogPercent > 0)
        {
            subnetwork.LogConfig = new SubnetworkLogConfigArgs
            {
                AggregationInterval = "INTERVAL_5_MIN",
                FlowSampling = args.FlowLogPercent / 100.0,
                Metadata = "INCLUDE_ALL_METADATA",
            };
        }

        return subnetwork;
    }

    private RouterNat MakeWayOut(string name, GcpNetworkArgs args)
    {
        var router = new Router(
            $"{name}-router",
            new RouterArgs { Network = NetworkId, Region = args.Project.Region.Name },
            new CustomResourceOptions { Parent = this });
        return new RouterNat(
            $"{name}-nat",
            new RouterNatArgs
            {
                Router = router.Name,
                Region = args.Project.Region.Name,
                NatIpAllocateOption = "AUTO_ONLY",
                SourceSubnetworkIpRangesToNat = "ALL_SUBNETWORKS_ALL_IP_RANGES",
                // Pipelines open hundreds of connections to one bucket or registry at once; 64 ports a node, the default, drop the next one in silence.
                EnableDynamicPortAllocation = true,
                EnableEndpointIndependentMapping = false,
                MinPortsPerVm = FewestNatPorts,
                MaxPortsPerVm = MostNatPorts,
                // As long as everything else here lets a connection be silent; 20 minutes otherwise.
                TcpEstablishedIdleTimeoutSec = SilentSeconds,
                LogConfig = new RouterNatLogConfigArgs { Enable = true, Filter = "ERRORS_ONLY" },
            },
            new CustomResourceOptions { Parent = this });
    }
}

/// <summary>What the network of a GKE cluster looks like.</summary>
public sealed class GcpNetworkArgs : ResourceArgs
{
    /// <summary>Half of the flows tell as much as all of them at half the price.</summary>
    public const int DefaultFlowLogPercent = 50;

    public required GcpProject Project { get; init; }
    public required GkeAddressPlan Addresses { get; init; }

    /// <summary>How many of a hundred connections are recorded, 0 for none. Default 50 (Checkov CKV_GCP_26 wants some).</summary>
    public int FlowLogPercent { get; init; } = DefaultFlowLogPercent;

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>Private services access: addresses of a network that Google's managed services may use, and the peering that leads to them.</summary>
public sealed class ManagedServicesAccess : ComponentResource
{
    private const string Token = "platform:networks:ManagedServicesAccess";

    /// <summary>The network; resolves when services can be placed beside it, and is let go only after they are gone.</summary>
    [Output("networkId")]
    public Output<string> NetworkId { get; private set; }

    public ManagedServicesAccess(string name, ManagedServicesAccessArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var range = new GlobalAddress(
            $"{name}-range",
            new GlobalAddressArgs
            {
                AddressType = "INTERNAL",
                Purpose = "VPC_PEERING",
                Network = args.NetworkId,
                Address = args.Block.Text.Split('/')[0],
                PrefixLength = args.Block.PrefixLength,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        NetworkId = new Connection(
            name,
            new ConnectionArgs { Network = args.NetworkId, Service = "servicenetworking.googleapis.com", ReservedPeeringRanges = { range.Name } },
            new CustomResourceOptions { Parent = this, Protect = args.Protected }).Network;
        RegisterOutputs();
    }
}

/// <summary>Which addresses Google's managed services get in which network.</summary>
public sealed class ManagedServicesAccessArgs : ResourceArgs
{
    /// <summary>Full name of the network.</summary>
    public required Input<string> NetworkId { get; init; }

    /// <summary>Addresses that nothing else in the network or its peers has.</summary>
    public required Ipv4Block Block { get; init; }

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
