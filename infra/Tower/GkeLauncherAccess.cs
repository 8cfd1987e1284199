using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Clusters;
using Pulumi;
using Pulumi.Gcp.Projects;

namespace Infra.Tower;

/// <summary>
/// Lets the Platform's Google Cloud credentials launch pipelines on a GKE cluster: IAM lets them in, and RBAC knows them by their e-mail address.
/// </summary>
public sealed class GkeLauncherAccess : ComponentResource, ILauncherAccess
{
    private const string Token = "platform:tower:GkeLauncherAccess";

    // Lists and describes clusters, which is what signing in takes; what the account may do on them, RBAC says.
    private const string SignIn = "roles/container.clusterViewer";

    /// <summary>Address of the account; resolves when it may sign in.</summary>
    [Output("serviceAccount")]
    public Output<string> ServiceAccount { get; private set; }

    public ImmutableArray<Input<string>> Users => [ServiceAccount];

    public ImmutableArray<string> Groups => [];

    public GkeLauncherAccess(string name, GkeLauncherAccessArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var account = args.ServiceAccount;
        ServiceAccount = args.GrantPermissions
            ? new IAMMember(
                $"{name}-sign-in",
                new IAMMemberArgs { Project = args.Cluster.Project.ProjectId, Role = SignIn, Member = account.Member },
                new CustomResourceOptions { Parent = this }).Member.Apply(_ => account.Text)
            : Output.Create(account.Text);
        RegisterOutputs();
    }
}

/// <summary>With whose credentials the Platform launches pipelines on a GKE cluster.</summary>
public sealed class GkeLauncherAccessArgs : ResourceArgs
{
    public const bool DefaultGrantPermissions = true;
    public required IGkeCluster Cluster { get; init; }

    /// <summary>The IAM service account whose key the Platform's credentials hold.</summary>
    public required ServiceAccountEmail ServiceAccount { get; init; }

    /// <summary>Let the account find clusters and sign in to them. Default true; false where IAM belongs to others.</summary>
    public bool GrantPermissions { get; init; } = DefaultGrantPermissions;
}

/// <summary>Which RBAC users and groups the Platform's cloud credentials become on a cluster.</summary>
public interface ILauncherAccess
{
    /// <summary>RBAC users that the credentials sign in as; subjects of the launcher's binding.</summary>
    ImmutableArray<Input<string>> Users { get; }

    /// <summary>RBAC groups that the credentials sign in with; subjects of the launcher's binding.</summary>
    ImmutableArray<string> Groups { get; }
}
