using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Manifests;
using Pulumi;
using Pulumi.Gcp.Dns;
using Projects = Pulumi.Gcp.Projects;

namespace Infra.Dns;

/// <summary>The identity with which a controller on the cluster writes records: one zone, and no more of it than it needs.</summary>
public sealed class ZoneEditor : ComponentResource
{
    private const string Token = "platform:dns:ZoneEditor";

    /// <summary>What the controller's service account must be annotated with: nothing for Pod Identity.</summary>
    public InputMap<string> Annotations { get; }

    public ZoneEditor(string name, ZoneEditorArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Annotations = args.Zone switch
        {
            ControlledZone.Route53 zone => MakeRole(name, zone, args),
            ControlledZone.CloudDns zone => MakeAccount(name, zone, args),
            _ => throw new ArgumentOutOfRangeException(nameof(args), args.Zone, "There is no way to write into such a zone."),
        };
        RegisterOutputs();
    }

    private InputMap<string> MakeRole(string name, ControlledZone.Route53 zone, ZoneEditorArgs args)
    {
        var partition = zone.Cluster.Account.Region.Partition;
        return new ServiceAccountRole(
            $"{name}-identity",
            new ServiceAccountRoleArgs
            {
                Cluster = zone.Cluster,
                Namespace = args.Namespace,
                ServiceAccounts = [args.ServiceAccount],
                Description = args.Description,
                Identity = zone.Identity,
                Policy = zone.ZoneId.Apply(id => (args.Domains.IsEmpty ? DnsPolicies.Proofs(partition, id) : DnsPolicies.Records(partition, id, args.Domains))
                    .ToJson()),
            },
            new ComponentResourceOptions { Parent = this }).Annotations;
    }

    private InputMap<string> MakeAccount(string name, ControlledZone.CloudDns zone, ZoneEditorArgs args)
    {
        var project = zone.Cluster.Project.ProjectId;
        var account = new WorkloadServiceAccount(
            $"{name}-account",
            new WorkloadServiceAccountArgs
            {
                AccountId = zone.AccountId,
                Cluster = zone.Cluster,
                Description = args.Description,
                Namespace = args.Namespace,
                ServiceAccounts = [KubernetesName.Parse(args.ServiceAccount)],
            },
            new ComponentResourceOptions { Parent = this });
        var member = Output.Format($"serviceAccount:{account.Email}");
        // Cloud DNS documentation, "Roles and permissions": the role of one zone is the smallest that may write records.
        new DnsManagedZoneIamMember(
            $"{name}-writer",
            new DnsManagedZoneIamMemberArgs { ManagedZone = zone.ManagedZone, Member = member, Project = project, Role = "roles/dns.admin" },
            new CustomResourceOptions { Parent = this });
        if (!args.Domains.IsEmpty)
        {
            // external-dns lists the zones of the project before it looks into any (external-dns, provider/google, Zones).
            new Projects.IAMMember(
                $"{name}-reader",
                new Projects.IAMMemberArgs { Member = member, Project = project, Role = "roles/dns.reader" },
                new CustomResourceOptions { Parent = this });
        }

        return account.Annotations;
    }
}

/// <summary>Who writes, into which zone, and what.</summary>
public sealed class ZoneEditorArgs : ResourceArgs
{
    public required ControlledZone Zone { get; init; }
    public required string Namespace { get; init; }
    public required string ServiceAccount { get; init; }

    /// <summary>What the identity is for.</summary>
    public required string Description { get; init; }

    /// <summary>Domains whose records it writes. Default none: it proves ownership to a certificate authority, and writes nothing else.</summary>
    public ImmutableArray<DomainName> Domains { get; init; } = [];
}

/// <summary>A zone into which a controller on the cluster writes, and how its pods come by the right to it.</summary>
public abstract record ControlledZone
{
    private ControlledZone()
    {
    }

    /// <summary>A hosted zone of Route 53, written from an EKS cluster.</summary>
    public sealed record Route53(IEksCluster Cluster, Output<string> ZoneId, WorkloadIdentity Identity = WorkloadIdentity.PodIdentity) : ControlledZone;

    /// <summary>A managed zone of Cloud DNS, written from a GKE cluster of the same project.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="ManagedZone">Name of the zone.</param>
    /// <param name="AccountId">Id of the service account that is made (<see cref="Naming.GcpNameRule.ServiceAccount"/>).</param>
    public sealed record CloudDns(IGkeCluster Cluster, Output<string> ManagedZone, string AccountId) : ControlledZone;
}
