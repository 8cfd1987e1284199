using System.Collections.Immutable;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;

namespace Infra.Clusters;

/// <summary>The service account of a cluster's nodes, with no more than nodes need: not the default account, which may edit the whole project.</summary>
public sealed class GkeNodeIdentity : ComponentResource
{
    private const string Token = "platform:clusters:GkeNodeIdentity";

    /// <summary>What a node does with its own account; pods have accounts of theirs (GKE documentation, "Use least privilege service accounts").</summary>
    public static readonly ImmutableArray<string> Roles =
    [
        "roles/artifactregistry.reader",
        "roles/container.defaultNodeServiceAccount",
        "roles/monitoring.metricWriter",
        "roles/stackdriver.resourceMetadata.writer",
    ];

    /// <summary>Address of the account; resolves when it has its roles, because nodes that start without them never become ready.</summary>
    [Output("email")]
    public Output<string> Email { get; private set; }

    public GkeNodeIdentity(string name, GkeNodeIdentityArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var account = new Account(
            name,
            new AccountArgs { AccountId = args.AccountId, DisplayName = args.AccountId, Description = args.Description },
            new CustomResourceOptions { Parent = this });
        var granted = Roles.Select(role => new Pulumi.Gcp.Projects.IAMMember(
            $"{name}-{role.Split('/', '.')[^1].ToLowerInvariant()}-of-{role.Split('/', '.')[1].ToLowerInvariant()}",
            new Pulumi.Gcp.Projects.IAMMemberArgs { Project = args.Project.ProjectId, Role = role, Member = Output.Format($"serviceAccount:{account.Email}") },
            new CustomResourceOptions { Parent = this }).Id);
        Email = Output.Tuple(account.Email, Output.All(granted)).Apply(made => made.Item1);
        RegisterOutputs();
    }
}
