using System.Collections.Immutable;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Everything a stack file says: one property a concept, and a concept that is absent is not deployed.</summary>
public sealed record PlatformSettings
{
    [Setting("Whether people depend on this stack: stateful resources are then protected against deletion, and demo shortcuts are refused.")]
    public bool Production { get; init; }

    [Setting(
        "Parts of a production stack that may be deleted all the same, for the two updates in which they go (docs/aws.md, Remove one part).",
        Absent = "none: everything stateful is protected",
        Example = "[tower.environments.research]")]
    [Form(Form.ProtectedPart)]
    public ImmutableArray<string> Unprotected { get; init; } = [];

    [Setting("Where in AWS this stack makes things.")]
    public AwsSettings? Aws { get; init; }

    [Setting("Where in Google Cloud this stack makes things.")]
    public GcpSettings? Gcp { get; init; }

    [Setting("The Kubernetes cluster that everything else runs on.")]
    public ClusterSettings? Cluster { get; init; }

    [Setting("Where the DNS records of the platform are kept, and what answers at its hosts.", Absent = "DNS records and load balancers are made elsewhere")]
    public DnsSettings? Dns { get; init; }

    [Setting(
        "Issues the certificates of Ingresses: cert-manager and its ClusterIssuers.",
        Absent = "it is not installed, and no issuer is known to exist")]
    public CertManagerSettings? CertManager { get; init; }

    [Setting(
        "Announces the hosts of Ingresses and Services whose records this stack does not make: external-dns.",
        Absent = "it is not installed")]
    public ExternalDnsSettings? ExternalDns { get; init; }

    [Setting("Serves the Ingresses of one class, on a cluster that has no ingress controller: Traefik.", Absent = "it is not installed")]
    public TraefikSettings? Traefik { get; init; }

    [Setting("Storage that many pods on many nodes write at once (ReadWriteMany).")]
    public StorageSettings? Storage { get; init; }

    [Setting(
        "Copies of EFS, FSx for Lustre or the data volume of compose.host by AWS Backup, on a schedule, in another region if need be.",
        Absent = "what the storage does by itself")]
    public BackupSettings? Backup { get; init; }

    [Setting("The Redis server in which Studios keeps its sessions and tunnels.")]
    public RedisSettings? Redis { get; init; }

    [Setting("Compute environments on Kubernetes, in which Seqera Platform launches Nextflow runs.")]
    public TowerSettings? Tower { get; init; }

    [Setting("Seqera Studios: connect-server and connect-proxy beside an existing Seqera Platform.")]
    public StudiosSettings? Studios { get; init; }

    [Setting("Data Studios of Platform 24.1 and 24.2 beside a Seqera Platform by Docker Compose: a host of this stack, or files for another one.")]
    public ComposeSettings? Compose { get; init; }

    [Setting("Posit Workbench: a server and its sessions in the namespace posit-workbench.")]
    public WorkbenchSettings? Workbench { get; init; }

    [Setting("Code Studio templates: images of editors and apps, built from blocks (docs/code-studios.md).")]
    public CodeStudiosSettings? CodeStudios { get; init; }

    [Setting("Mirrors, versions and values of the Helm charts that this stack installs.", Absent = "the charts as this program has them")]
    public ChartsSettings? Charts { get; init; }

    [Setting("Rules that this stack breaks on purpose (docs/policy.md).", Absent = "none")]
    public PolicySettings? Policy { get; init; }

    /// <summary>Whether something of this stack stands in AWS.</summary>
    public bool UsesAws => this is { Cluster: AnyEksSettings } or { Dns: Route53Settings } or { Tower.Eks: not null } or { Compose.Host: not null }
        or { Dns: CloudDnsSettings { ParentRoute53Zone: not null } } || EdgeRules.MakesSomething(this);

    /// <summary>Whether something of this stack stands in Google Cloud.</summary>
    public bool UsesGoogle => this is { Cluster: AnyGkeSettings } or { Dns: CloudDnsSettings } or { Tower.Gke: not null };
}
