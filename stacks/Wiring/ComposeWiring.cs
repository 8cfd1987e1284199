using System.Collections.Immutable;
using Infra.Compose;
using Infra.Dns;
using Infra.InstalledPlatform;
using Infra.LoadBalancing;
using Infra.Networks;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Seqera Platform with Data Studios on a host by Docker Compose, with its network, its names and the load balancer before it.</summary>
internal static class ComposeWiring
{
    public static (ComposeHost Host, ComposeOutputs Outputs) Create(ComposeSettings settings, ComposeHostSettings host, StackContext stack)
    {
        var name = $"{stack.Aws.Name}-compose";
        // The rules of the settings let no other kind through.
        var dns = (Route53Settings)stack.Settings.Dns!;
        var network = new VpcWiring(stack).Create(
            host.Network, new("compose-network", name, null, VpcNetworkArgs.DefaultFlowLogRetentionInDays, HostServices, ProtectedParts.Compose));
        var domain = new Route53Domain("domain", Domain(settings, dns, stack), stack.Aws.Options());
        var balancer = new PlatformLoadBalancer("edge", Balancer(dns, network, domain, stack), stack.Aws.Options());
        var secrets = new ComposeSecrets(
            "compose-secrets",
            new ComposeSecretsArgs
            {
                DisplayName = name,
                KeyArn = stack.Aws.DataKey().Arn,
                Protected = stack.Protects(ProtectedParts.Compose),
                RsaBits = settings.SigningKey.Bits,
                SigningKeyRotation = settings.SigningKey.Rotation,
                TokenRotation = settings.RegistrationToken.Rotation,
            },
            stack.Aws.Options());
        var machine = new ComposeHost(
            "compose-host",
            new ComposeHostArgs
            {
                Account = stack.Aws.Account,
                DataGiB = host.DataGiB,
                DisplayName = name,
                GivenSecretArn = host.Secret,
                ImageId = host.Image,
                InstanceType = host.InstanceType,
                KeyArn = stack.Aws.DataKey().Arn,
                Network = network,
                Protected = stack.Protects(ProtectedParts.Compose),
                RootGiB = host.RootGiB,
                Script = place => Script(settings, host, place),
                Secrets = secrets,
            },
            stack.Aws.Options());
        new ComposeRoutes(
            "compose-routes",
            new ComposeRoutesArgs
            {
                Balancer = balancer,
                FrontendPort = settings.FrontendPort,
                Hosts = domain.Hosts,
                HostSecurityGroupId = machine.SecurityGroupId,
                InstanceId = machine.InstanceId,
                Network = network,
            },
            stack.Aws.Options());
        foreach (var known in domain.Hosts.All)
        {
            domain.AddRecord($"record-{known}", known, balancer.Target);
        }

        return (machine, new ComposeOutputs(
            settings.Platform.Url.Origin.Text, settings.ConnectUrl.Origin.Text, machine.InstanceId, machine.DataVolumeId, secrets.SecretArn, balancer.DnsName));
    }

    // Systems Manager and Secrets Manager without the internet, where the network wants that (Systems Manager user guide, "VPC endpoints").
    private static ImmutableArray<string> HostServices { get; } = ["ec2messages", "kms", "logs", "secretsmanager", "ssm", "ssmmessages", "sts"];

    private static Route53DomainArgs Domain(ComposeSettings settings, Route53Settings dns, StackContext stack) => new()
    {
        CreateZone = dns.CreateZone,
        ExistingCertificate = dns.Certificate is { } given ? new Certificate.Acm(given.Names, Output.Create(given.Arn.Text)) : null,
        Hosts = settings.HostsWith(dns.ExtraHosts),
        ParentZone = dns.ParentZone,
        Protected = stack.Protects(ProtectedParts.Dns),
        Zone = dns.Zone,
    };

    private static PlatformLoadBalancerArgs Balancer(Route53Settings dns, INetwork network, Route53Domain domain, StackContext stack) => new()
    {
        AccessLogs = EdgeWiring.AccessLogs(dns.AccessLogs, stack),
        CertificateArn = domain.Certificate.Arn,
        ClientBlocks = dns.Clients,
        InternetFacing = dns.InternetFacing,
        Network = network,
        Protected = stack.Protects(ProtectedParts.Dns),
        WebAclArn = EdgeWiring.WebAcl(dns.WebAcl, stack),
    };

    private static HostScript Script(ComposeSettings settings, ComposeHostSettings host, HostPlace place)
    {
        var studios = settings.Studios;
        var images = ComposeImages.Of(settings.Platform.Version, settings.ImageRegistry);
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ComposeFiles.Compose] = ComposeText.Platform(images, settings.FrontendPort, HostScript.Data, host.SecretVariables),
            [ComposeFiles.Connect] = EnvText.Lines(studios.Connect),
            [ComposeFiles.Override] = ComposeText.Override(studios),
            [ComposeFiles.Tower] = EnvText.Lines(HostVariables.All(studios, host.ContactEmail, host.Variables)),
            [ComposeText.DatabaseFile] = EnvText.Lines(HostVariables.Database),
            [TowerYaml.FileName] = TowerYaml.WithAllowedWorkspaces(null, studios.AllowedWorkspaces),
        };
        return new(
            files.ToImmutableSortedDictionary(StringComparer.Ordinal),
            place,
            host.Plugin?.Plugin ?? ComposePlugin.Default,
            studios.Proxy.Registry,
            host.SecretVariables,
            [settings.FrontendPort, ComposePorts.Tunnel, ComposePorts.Proxy]);
    }
}
