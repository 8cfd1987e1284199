using System.Collections.Immutable;
using Infra.Networks;
using Pulumi;
using Pulumi.Gcp.Container;
using Pulumi.Gcp.Container.Inputs;

namespace Infra.Clusters;

/// <summary>The control plane of a VPC-native private GKE cluster with Dataplane V2, Workload Identity and encrypted Secrets.</summary>
public sealed class GkeControlPlane : ComponentResource
{
    private const string Token = "platform:clusters:GkeControlPlane";

    /// <summary>Name of the cluster; resolves when its API server answers.</summary>
    [Output("clusterName")]
    public Output<string> Name { get; private set; }

    /// <summary>Full name of the cluster; resolves when its API server answers.</summary>
    [Output("clusterId")]
    public Output<string> ClusterId { get; private set; }

    /// <summary>Where the API server is reached: its DNS name if that is switched on, else its address.</summary>
    public Output<string> Endpoint { get; }

    /// <summary>Authority of the API server's address as GKE gives it: base64 of PEM text.</summary>
    public Output<string> CertificateAuthority { get; }

    public GkeControlPlane(string name, GkeControlPlaneArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (!args.Cluster.Version.Channels.Contains(args.Cluster.Channel))
        {
            throw new ResourceException(
                $"Cluster '{args.Cluster.ClusterName}' wants Kubernetes {args.Cluster.Version.Name} from the channel {args.Cluster.Channel}, which does not "
                    + $"offer it: take {string.Join(" or ", args.Cluster.Version.Channels)}.",
                this,
                hideStack: true);
        }

        var cluster = new Cluster(
            name,
            Cluster(args),
            new CustomResourceOptions
            {
                Parent = this,
                Protect = args.Cluster.Protected,
                // The channel moves versions on, and the first node pool is gone as soon as the cluster is there.
                IgnoreChanges = ["initialNodeCount", "nodeConfig", "nodeVersion"],
            });
        Name = cluster.Name;
        ClusterId = cluster.Id;
        Endpoint = args.Cluster.Access.ByName
            ? cluster.ControlPlaneEndpointsConfig.Apply(endpoints => endpoints.DnsEndpointConfig!.Endpoint!)
            : cluster.Endpoint;
        CertificateAuthority = cluster.MasterAuth.Apply(auth => auth.ClusterCaCertificate!);
        RegisterOutputs();
    }

    private static ClusterArgs Cluster(GkeControlPlaneArgs args)
    {
        var cluster = new ClusterArgs
        {
            Name = args.Cluster.ClusterName,
            Location = args.Cluster.Location.Text,
            MinMasterVersion = args.Cluster.Version.Name,
            ReleaseChannel = new ClusterReleaseChannelArgs { Channel = args.Cluster.Channel.ToString().ToUpperInvariant() },
            MaintenancePolicy = Maintenance(args.Cluster.Maintenance),
            DeletionProtection = args.Cluster.Protected,
            RemoveDefaultNodePool = true,
            InitialNodeCount = 1,
            NodeConfig = FirstNode(args),
            AddonsConfig = Addons(),
            LoggingConfig = new ClusterLoggingConfigArgs { EnableComponents = GkeTelemetry.Spell(args.Cluster.Logs) },
            MonitoringConfig = new ClusterMonitoringConfigArgs
            {
                EnableComponents = GkeTelemetry.Spell(args.Cluster.Metrics),
                ManagedPrometheus = new ClusterMonitoringConfigManagedPrometheusArgs { Enabled = args.Cluster.ManagedPrometheus },
            },
            CostManagementConfig = new ClusterCostManagementConfigArgs { Enabled = true },
        };
        AddNetwork(cluster, args);
        AddSecurity(cluster, args);
        AddNewNodes(cluster, args);
        return cluster;
    }

    private static void AddNetwork(ClusterArgs cluster, GkeControlPlaneArgs args)
    {
        cluster.Network = args.Cluster.Network.NetworkId;
        cluster.Subnetwork = args.Cluster.Network.SubnetworkId;
        cluster.NetworkingMode = "VPC_NATIVE";
        cluster.IpAllocationPolicy = new ClusterIpAllocationPolicyArgs
        {
            ClusterSecondaryRangeName = args.Cluster.Network.PodsRangeName!,
            ServicesSecondaryRangeName = args.Cluster.Network.ServicesRangeName!,
            StackType = "IPV4",
        };
        cluster.DefaultMaxPodsPerNode = args.Cluster.PodsPerNode;
        // Dataplane V2 enforces NetworkPolicies by itself; the networkPolicy block would switch on Calico beside it.
        cluster.DatapathProvider = "ADVANCED_DATAPATH";
        cluster.EnableIntranodeVisibility = true;
        cluster.GatewayApiConfig = new ClusterGatewayApiConfigArgs { Channel = "CHANNEL_STANDARD" };
        cluster.PrivateClusterConfig = new ClusterPrivateClusterConfigArgs
        {
            EnablePrivateNodes = true,
            EnablePrivateEndpoint = !args.Cluster.Access.IsPublic,
            MasterIpv4CidrBlock = args.Cluster.ControlPlaneBlock.Text,
        };
        cluster.ControlPlaneEndpointsConfig = new ClusterControlPlaneEndpointsConfigArgs
        {
            DnsEndpointConfig = new ClusterControlPlaneEndpointsConfigDnsEndpointConfigArgs { AllowExternalTraffic = args.Cluster.Access.ByName },
        };
        var allowed = new ClusterMasterAuthorizedNetworksConfigArgs { GcpPublicCidrsAccessEnabled = false };
        foreach (var block in args.Cluster.Access.PublicBlocks)
        {
            allowed.CidrBlocks.Add(new ClusterMasterAuthorizedNetworksConfigCidrBlockArgs { CidrBlock = block.Text });
        }

        cluster.MasterAuthorizedNetworksConfig = allowed;
    }

    private static void AddSecurity(ClusterArgs cluster, GkeControlPlaneArgs args)
    {
        cluster.WorkloadIdentityConfig = new ClusterWorkloadIdentityConfigArgs { WorkloadPool = $"{args.Cluster.Project.ProjectId}.svc.id.goog" };
        cluster.DatabaseEncryption = new ClusterDatabaseEncryptionArgs { State = "ENCRYPTED", KeyName = args.KeyId };
        cluster.EnableShieldedNodes = true;
        cluster.EnableLegacyAbac = false;
        cluster.MasterAuth = new ClusterMasterAuthArgs
        {
            ClientCertificateConfig = new ClusterMasterAuthClientCertificateConfigArgs { IssueClientCertificate = false },
        };
        // Health checks stay open; everything else that needs no sign-in is closed.
        cluster.AnonymousAuthenticationConfig = new ClusterAnonymousAuthenticationConfigArgs { Mode = "LIMITED" };
        cluster.RbacBindingConfig = new ClusterRbacBindingConfigArgs
        {
            EnableInsecureBindingSystemAuthenticated = false,
            EnableInsecureBindingSystemUnauthenticated = false,
        };
        cluster.SecurityPostureConfig = new ClusterSecurityPostureConfigArgs { Mode = "BASIC", VulnerabilityMode = "VULNERABILITY_BASIC" };
        if (args.Cluster.SecurityGroup is { } group)
        {
            cluster.AuthenticatorGroupsConfig = new ClusterAuthenticatorGroupsConfigArgs { SecurityGroup = group };
        }
    }

    // Nothing is said where the stack file says nothing, so that a cluster keeps what it has.
    private static void AddNewNodes(ClusterArgs cluster, GkeControlPlaneArgs args)
    {
        var profile = args.Cluster.AutoscalingProfile;
        if (args.Cluster.AutoProvisioning is { } provisioning)
        {
            cluster.ClusterAutoscaling = provisioning.Args(args.NodeAccount, args.KeyId, profile);
        }
        else if (profile is { } given)
        {
            cluster.ClusterAutoscaling = new ClusterClusterAutoscalingArgs { Enabled = false, AutoscalingProfile = given.Name() };
        }

        if (args.Cluster.AutoProvisioning is { Enabled: true })
        {
            // What the pools of the stack say of themselves, for those that GKE makes.
            cluster.NodePoolAutoConfig = new ClusterNodePoolAutoConfigArgs
            {
                NodeKubeletConfig = new ClusterNodePoolAutoConfigNodeKubeletConfigArgs { InsecureKubeletReadonlyPortEnabled = "FALSE" },
            };
            cluster.NodePoolDefaults = new ClusterNodePoolDefaultsArgs
            {
                NodeConfigDefaults = new ClusterNodePoolDefaultsNodeConfigDefaultsArgs
                {
                    GcfsConfig = new ClusterNodePoolDefaultsNodeConfigDefaultsGcfsConfigArgs { Enabled = true },
                },
            };
        }
    }

    private static ClusterMaintenancePolicyArgs Maintenance(GkeMaintenance maintenance)
    {
        var policy = new ClusterMaintenancePolicyArgs
        {
            RecurringWindow = new ClusterMaintenancePolicyRecurringWindowArgs
            {
                StartTime = maintenance.Start,
                EndTime = maintenance.End,
                Recurrence = maintenance.Recurrence,
            },
        };
        foreach (var exclusion in maintenance.Exclusions)
        {
            policy.MaintenanceExclusions.Add(exclusion.Args);
        }

        return policy;
    }

    // Lives for minutes; organisations refuse even that with the default account or without Secure Boot.
    private static ClusterNodeConfigArgs FirstNode(GkeControlPlaneArgs args) => new()
    {
        ServiceAccount = args.NodeAccount,
        OauthScopes = { GkeNodePools.Scope },
        ShieldedInstanceConfig = new ClusterNodeConfigShieldedInstanceConfigArgs { EnableSecureBoot = true, EnableIntegrityMonitoring = true },
    };

    private static ClusterAddonsConfigArgs Addons() => new()
    {
        DnsCacheConfig = new ClusterAddonsConfigDnsCacheConfigArgs { Enabled = true },
        GcePersistentDiskCsiDriverConfig = new ClusterAddonsConfigGcePersistentDiskCsiDriverConfigArgs { Enabled = true },
        GcpFilestoreCsiDriverConfig = new ClusterAddonsConfigGcpFilestoreCsiDriverConfigArgs { Enabled = true },
        HorizontalPodAutoscaling = new ClusterAddonsConfigHorizontalPodAutoscalingArgs { Disabled = false },
        // Gateways and Ingresses both need it.
        HttpLoadBalancing = new ClusterAddonsConfigHttpLoadBalancingArgs { Disabled = false },
    };
}

/// <summary>Which cluster the control plane belongs to.</summary>
public sealed class GkeControlPlaneArgs : ResourceArgs
{
    /// <summary>The cluster's own args.</summary>
    public required GkeClusterArgs Cluster { get; init; }

    /// <summary>Key for Kubernetes Secrets, by its full name.</summary>
    public required Input<string> KeyId { get; init; }

    /// <summary>Account of the node with which GKE starts every cluster, until the real pools are there.</summary>
    public required Input<string> NodeAccount { get; init; }
}

/// <summary>How administrators and this program reach the API server of a GKE cluster. From inside the network it can always be reached.</summary>
/// <param name="ByName">A DNS name that answers anywhere, and lets in only whom IAM allows <c>container.clusters.connect</c>.</param>
/// <param name="PublicBlocks">Addresses on the internet from which the public address can be reached; none for no public address.</param>
public sealed record GkeEndpointAccess(bool ByName, ImmutableArray<Ipv4Block> PublicBlocks)
{
    public const bool DefaultByName = true;

    public bool IsPublic => !PublicBlocks.IsEmpty;
}
