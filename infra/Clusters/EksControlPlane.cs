using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Infra.Accounts;
using Infra.Iam;
using Infra.Manifests;
using Infra.Networks;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Eks.Inputs;
using Pulumi.Aws.Iam;
using Pulumi.Aws.Vpc;

namespace Infra.Clusters;

/// <summary>The control plane of an EKS cluster, its logs, its identity provider, and who may administer it.</summary>
public sealed class EksControlPlane : ComponentResource
{
    private const string Token = "platform:clusters:EksControlPlane";
    private const string Administrator = "AmazonEKSClusterAdminPolicy";

    /// <summary>Name of the cluster; resolves when it is active.</summary>
    [Output("clusterName")]
    public Output<string> Name { get; private set; }

    /// <summary>ARN of the cluster; resolves when it is active.</summary>
    [Output("clusterArn")]
    public Output<string> Arn { get; private set; }

    /// <summary>Address of the API server; resolves when everybody who was to be let in is.</summary>
    public Output<string> Endpoint { get; }

    /// <summary>Authority of the API server as EKS gives it: base64 of PEM text.</summary>
    public Output<string> CertificateAuthority { get; }

    /// <summary>The group that EKS makes for the control plane and every managed node.</summary>
    public Output<string> SecurityGroupId { get; }

    /// <summary>Issuer without scheme.</summary>
    public Output<string> OidcIssuer { get; }

    public Output<string> OidcProviderArn { get; }

    public EksControlPlane(string name, EksClusterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.AuthenticationMode is EksAuthenticationMode.ConfigMap)
        {
            throw new ResourceException(
                $"Cluster '{args.ClusterName}' would have no access entries: its authentication mode must be api or apiAndConfigMap.",
                this,
                hideStack: true);
        }

        var (role, permissions) = MakeRole(name, args);
        if (args.AutoMode is { Enabled: true })
        {
            permissions.AddRange(PermitAutoMode(name, args, role));
        }

        var nodes = args.AutoMode is { HasBuiltInPools: true }
            ? new AutoModeNodes($"{name}-built-in", new AutoModeNodesArgs { Account = args.Account }, new ComponentResourceOptions { Parent = this })
            : null;
        var cluster = MakeCluster(name, args, role, nodes?.RoleArn, [.. MakeLogs(name, args), .. permissions]);
        Name = cluster.Name;
        Arn = cluster.Arn;
        CertificateAuthority = cluster.CertificateAuthority.Apply(authority => authority.Data!);
        // A preview may echo the half of vpcConfig that was given: EKS adds the group to it when it makes the cluster, and the ARN with it.
        SecurityGroupId = Output.Tuple(cluster.VpcConfig, cluster.Arn).Apply(made => made.Item1.ClusterSecurityGroupId!);
        // The first object on the cluster is made from one of those places, and would wait for an answer until it gives up.
        Endpoint = cluster.Endpoint.After(Output.All(LetIn(name, args.Endpoint)));

        var issuer = cluster.Identities.Apply(identities => identities[0].Oidcs[0].Issuer!);
        OidcIssuer = issuer.Apply(EksApiServer.IssuerWithoutScheme);
        // IAM trusts EKS issuers by their public certificate authority: a thumbprint would only go stale.
        OidcProviderArn = new OpenIdConnectProvider(
            $"{name}-oidc",
            new OpenIdConnectProviderArgs { Url = issuer, ClientIdLists = { "sts.amazonaws.com" } },
            new CustomResourceOptions { Parent = this }).Arn;
        AdmitAdministrators(name, args);
        RegisterOutputs();
    }

    /// <summary>The log group that EKS writes to; if it is missing, EKS makes one that is kept for ever.</summary>
    public static string LogGroupName(string clusterName) => $"/aws/eks/{clusterName}/cluster";

    // A cluster that logs nothing has no place for it, and may not make one: NoLogGroup forbids it.
    private List<Resource> MakeLogs(string name, EksClusterArgs args) => args.LogTypes.IsEmpty
        ? []
        :
        [
            new LogGroup(
                $"{name}-logs",
                new LogGroupArgs
                {
                    Name = LogGroupName(args.ClusterName),
                    RetentionInDays = args.LogRetentionInDays,
                    KmsKeyId = args.KeyArn,
                    DeletionProtectionEnabled = args.Protected,
                },
                new CustomResourceOptions { Parent = this, RetainOnDelete = args.Protected }),
        ];

    private (Role Role, List<Resource> Permissions) MakeRole(string name, EksClusterArgs args)
    {
        var role = AccountRole.Make(
            $"{name}-role", args.Account, TrustPolicies.EksControlPlane().ToJson(), $"Control plane of EKS cluster {args.ClusterName}", this);
        var managed = new RolePolicyAttachment(
            $"{name}-cluster-policy",
            new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy("AmazonEKSClusterPolicy") },
            new CustomResourceOptions { Parent = this });
        var encryption = new RolePolicy(
            $"{name}-encryption-policy",
            new RolePolicyArgs { Role = role.Name, Policy = args.KeyArn.Apply(arn => ClusterPolicies.SecretsEncryption(arn).ToJson()) },
            new CustomResourceOptions { Parent = this });
        var logging = new RolePolicy(
            $"{name}-log-group-policy",
            new RolePolicyArgs { Role = role.Name, Policy = ClusterPolicies.NoLogGroup().ToJson() },
            new CustomResourceOptions { Parent = this });
        return (role, [managed, encryption, logging]);
    }

    // It launches nodes, makes volumes that the cluster's key encrypts, and gives the stack's tags to instances of the stack's own pools.
    private List<Resource> PermitAutoMode(string name, EksClusterArgs args, Role role) =>
    [
        .. EksAutoMode.ClusterPolicies.Select(policy => new RolePolicyAttachment(
            $"{name}-{policy.ToLowerInvariant()}",
            new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy(policy) },
            new CustomResourceOptions { Parent = this })),
        new RolePolicy(
            $"{name}-volume-policy",
            new RolePolicyArgs { Role = role.Name, Policy = args.KeyArn.Apply(arn => ClusterPolicies.VolumeEncryption(arn).ToJson()) },
            new CustomResourceOptions { Parent = this }),
        new RolePolicy(
            $"{name}-tag-policy",
            new RolePolicyArgs { Role = role.Name, Policy = ClusterPolicies.AutoModeTags().ToJson() },
            new CustomResourceOptions { Parent = this }),
    ];

    private Cluster MakeCluster(string name, EksClusterArgs args, Role role, Output<string>? nodeRoleArn, List<Resource> before)
    {
        var network = new ClusterKubernetesNetworkConfigArgs { IpFamily = "ipv4", ServiceIpv4Cidr = args.ServiceBlock.Text };
        var cluster = new ClusterArgs
        {
            Name = args.ClusterName,
            Version = args.Version.Name,
            RoleArn = role.Arn,
            AccessConfig = new ClusterAccessConfigArgs
            {
                AuthenticationMode = args.AuthenticationMode is EksAuthenticationMode.Api ? "API" : "API_AND_CONFIG_MAP",
                // The creator's entry would belong to no resource, and an entry for the same role would then fail (terraform-aws-eks #3293).
                BootstrapClusterCreatorAdminPermissions = false,
            },
            BootstrapSelfManagedAddons = false,
            DeletionProtection = args.Protected,
            EnabledClusterLogTypes = args.LogTypes.Select(type => (Input<string>)Spell(type)).ToList(),
            EncryptionConfig = new ClusterEncryptionConfigArgs
            {
                Provider = new ClusterEncryptionConfigProviderArgs { KeyArn = args.KeyArn },
                Resources = { "secrets" },
            },
            KubernetesNetworkConfig = network,
            UpgradePolicy = new ClusterUpgradePolicyArgs { SupportType = args.SupportAfterStandard is EksSupport.Standard ? "STANDARD" : "EXTENDED" },
            VpcConfig = VpcConfig(args),
            ZonalShiftConfig = new ClusterZonalShiftConfigArgs { Enabled = true },
        };
        args.AutoMode?.WriteTo(cluster, network, nodeRoleArn);
        return new Cluster(
            name,
            cluster,
            new CustomResourceOptions
            {
                Parent = this,
                Protect = args.Protected,
                // Neither the log group nor the role's permissions are inputs, and EKS wants both from its first second to its last.
                DependsOn = before,
                // Read at creation only; EKS does not report them, so an adopted state would otherwise replace the cluster.
                IgnoreChanges = ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
            });
    }

    private static string Spell(EksLogType type) => type switch
    {
        EksLogType.Api => "api",
        EksLogType.Audit => "audit",
        EksLogType.Authenticator => "authenticator",
        EksLogType.ControllerManager => "controllerManager",
        EksLogType.Scheduler => "scheduler",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such log."),
    };

    private static ClusterVpcConfigArgs VpcConfig(EksClusterArgs args)
    {
        // Nodes of built-in pools stand where the control plane does (terraform-aws-eks #3284), and need a way out.
        var subnets = args.AutoMode is { HasBuiltInPools: true } ? args.Network.PrivateSubnets : args.Network.ControlPlaneSubnets;
        var config = new ClusterVpcConfigArgs
        {
            SubnetIds = subnets.Select(subnet => (Input<string>)subnet.Id).ToList(),
            EndpointPrivateAccess = true,
            EndpointPublicAccess = args.Endpoint.IsPublic,
        };
        foreach (var block in args.Endpoint.PublicBlocks)
        {
            config.PublicAccessCidrs.Add(block.Text);
        }

        return config;
    }

    // EKS opens its group to the cluster's own nodes and to nobody else.
    private List<Output<string>> LetIn(string name, EksEndpointAccess access)
    {
        var rules = new List<Output<string>>();
        foreach (var block in access.PrivateBlocks)
        {
            rules.Add(Rule($"{name}-from-{block.Text.Replace('/', '-')}", rule => rule.CidrIpv4 = block.Text));
        }

        foreach (var group in access.PrivateGroupIds)
        {
            rules.Add(Rule($"{name}-from-{group}", rule => rule.ReferencedSecurityGroupId = group));
        }

        return rules;
    }

    private Output<string> Rule(string name, Action<SecurityGroupIngressRuleArgs> source)
    {
        var port = ServicePorts.Https[0].First;
        var rule = new SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = SecurityGroupId,
            Description = "API server",
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
        };
        source(rule);
        return new SecurityGroupIngressRule(name, rule, new CustomResourceOptions { Parent = this }).Id;
    }

    private void AdmitAdministrators(string name, EksClusterArgs args)
    {
        foreach (var principal in args.AdministratorArns)
        {
            var key = AccessEntries.Key(principal);
            var entry = new AccessEntry(
                $"{name}-administrator-{key}",
                new AccessEntryArgs { ClusterName = Name, PrincipalArn = principal, Type = "STANDARD" },
                new CustomResourceOptions { Parent = this });
            new AccessPolicyAssociation(
                $"{name}-administrator-{key}-policy",
                new AccessPolicyAssociationArgs
                {
                    ClusterName = Name,
                    PrincipalArn = entry.PrincipalArn,
                    PolicyArn = AccessEntries.Policy(args.Account.Region, Administrator),
                    AccessScope = new AccessPolicyAssociationAccessScopeArgs { Type = "cluster" },
                },
                new CustomResourceOptions { Parent = this });
        }
    }
}

/// <summary>Where an EKS cluster looks up who an IAM principal is. The way from the config map to the API cannot be gone back.</summary>
public enum EksAuthenticationMode
{
    /// <summary>Access entries only.</summary>
    Api,

    /// <summary>Access entries, and the <c>aws-auth</c> config map for tools that still write it.</summary>
    ApiAndConfigMap,

    /// <summary>The <c>aws-auth</c> config map only: older clusters, which are adopted but not made here.</summary>
    ConfigMap,
}

/// <summary>What the control plane of an EKS cluster logs (EKS API reference, LogSetup).</summary>
public enum EksLogType
{
    /// <summary>The API server's own messages.</summary>
    Api,

    /// <summary>Who asked the API server for what: the largest of them, and what an investigation needs.</summary>
    Audit,

    /// <summary>How IAM principals sign in.</summary>
    Authenticator,

    /// <summary>The controllers of deployments, nodes and the like.</summary>
    ControllerManager,

    /// <summary>Where pods are put, and why not.</summary>
    Scheduler,
}

/// <summary>From where the API server can be reached, beside the cluster's own nodes.</summary>
/// <param name="PublicBlocks">Addresses on the internet that may connect; none keeps the API server private.</param>
public sealed record EksEndpointAccess(ImmutableArray<Ipv4Block> PublicBlocks)
{
    public static EksEndpointAccess Private { get; } = new([]);

    /// <summary>Addresses in the VPC and in networks connected to it that may connect to the private endpoint. Default none.</summary>
    public ImmutableArray<Ipv4Block> PrivateBlocks { get; init; } = [];

    /// <summary>Security groups in the VPC and in peered ones whose members may connect to the private endpoint. Default none.</summary>
    public ImmutableArray<string> PrivateGroupIds { get; init; } = [];

    public bool IsPublic => !PublicBlocks.IsEmpty;
}

/// <summary>Names around EKS access entries.</summary>
public static class AccessEntries
{
    private const int HashLength = 6;

    /// <summary>
    /// Part of a logical name for a principal: the last part of its ARN, and a hash because roles with different paths or accounts may share that.
    /// </summary>
    public static string Key(string principalArn)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(principalArn)))[..HashLength];
        var last = principalArn[(principalArn.LastIndexOfAny(['/', ':']) + 1)..];
        return $"{last.ToLowerInvariant()}-{hash}";
    }

    /// <summary>ARN of an access policy that AWS defines.</summary>
    public static string Policy(AwsRegion region, string name) => $"arn:{region.Partition}:eks::aws:cluster-access-policy/{name}";
}
