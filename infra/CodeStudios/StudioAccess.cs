using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Rbac.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace Infra.CodeStudios;

/// <summary>Who may open a Code Studio with kubectl: see it, forward its ports, run its actions, stop and start it.</summary>
public sealed class StudioAccess : ComponentResource
{
    private const string Token = "platform:codeStudios:StudioAccess";
    private const string RbacGroup = "rbac.authorization.k8s.io";
    private const string PhysicalName = "code-studio-user";

    public StudioAccess(string name, StudioAccessArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var role = new Role(
            $"{name}-role",
            new RoleArgs { Metadata = Metadata(args), Rules = StudioAccessRules.All.Select(PolicyRule).ToImmutableArray() },
            new CustomResourceOptions { Parent = this });
        new RoleBinding(
            $"{name}-binding",
            new RoleBindingArgs
            {
                Metadata = Metadata(args),
                RoleRef = new RoleRefArgs { ApiGroup = RbacGroup, Kind = "Role", Name = role.Metadata.Apply(metadata => metadata.Name) },
                Subjects = args.Access.Subjects
                    .Select(subject => new SubjectArgs { ApiGroup = RbacGroup, Kind = subject.Kind, Name = subject.Name }).ToImmutableArray(),
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    private static ObjectMetaArgs Metadata(StudioAccessArgs args) => new() { Name = PhysicalName, Namespace = args.Namespace, Labels = args.Labels };

    private static PolicyRuleArgs PolicyRule(StudioAccessRule rule)
    {
        var args = new PolicyRuleArgs { ApiGroups = { rule.ApiGroup }, Resources = rule.Resources, Verbs = rule.Verbs };
        if (!rule.Names.IsEmpty)
        {
            args.ResourceNames = rule.Names;
        }

        return args;
    }
}

/// <summary>Who may open a Code Studio.</summary>
/// <param name="Users">Users by the names that the cluster knows them by.</param>
/// <param name="Groups">Groups likewise.</param>
public sealed record StudioAccessList(ImmutableArray<string> Users, ImmutableArray<string> Groups)
{
    /// <summary>The group of everybody whom the cluster has authenticated, service accounts among them.</summary>
    public const string Everyone = "system:authenticated";

    /// <summary>Administrators of the cluster only.</summary>
    public static readonly StudioAccessList Nobody = new([], []);

    /// <summary>Whether there is nobody.</summary>
    public bool IsEmpty => Users.IsEmpty && Groups.IsEmpty;

    /// <summary>Who it is: the owner of a Code Studio alone, or those who may use its template.</summary>
    public static StudioAccessList Of(string? owner, StudioPermissions? permissions) => (owner, permissions) switch
    {
        ({ } name, _) => new([name], []),
        (null, { Everyone: true }) => new([], [Everyone]),
        (null, { Groups: var groups }) => new([], groups),
        _ => Nobody,
    };

    internal IEnumerable<(string Kind, string Name)> Subjects => [.. Users.Select(user => ("User", user)), .. Groups.Select(group => ("Group", group))];
}

/// <summary>Permissions of those who may open a Code Studio, each with what they do with it.</summary>
public static class StudioAccessRules
{
    private static readonly ImmutableArray<string> Read = ["get", "list", "watch"];

    // Kubernetes' streams begin with a POST, and with a GET where they are WebSockets.
    private static readonly ImmutableArray<string> Stream = ["create", "get"];

    /// <summary>All of them, by API group and resource.</summary>
    public static ImmutableArray<StudioAccessRule> All { get; } =
    [
        new("", ["events", "pods", "services"], Read, "kubectl get and describe: whether it runs, and why not"),
        new("", ["pods/exec"], Stream, "kubectl exec: custom actions, and a shell"),
        new("", ["pods/log"], ["get"], "kubectl logs: what servers say"),
        new("", ["pods/portforward"], Stream, "kubectl port-forward: its ports without an ingress"),
        new("apps", ["deployments", "replicasets"], Read, "kubectl rollout status"),
        new("apps", ["deployments/scale"], ["get", "patch", "update"], "kubectl scale: stop and start, not the webapp's replicas") { Names = ["studio"] },
    ];
}

/// <summary>One permission.</summary>
/// <param name="ApiGroup">Group of the API.</param>
/// <param name="Resources">Resources of it.</param>
/// <param name="Verbs">What may be done with them.</param>
/// <param name="Reason">What for.</param>
public sealed record StudioAccessRule(string ApiGroup, ImmutableArray<string> Resources, ImmutableArray<string> Verbs, string Reason)
{
    /// <summary>Names of the objects; none for all.</summary>
    public ImmutableArray<string> Names { get; init; } = [];
}

/// <summary>Where, and who.</summary>
public sealed class StudioAccessArgs : ResourceArgs
{
    public required Input<string> Namespace { get; init; }

    public required StudioAccessList Access { get; init; }

    public required ImmutableDictionary<string, string> Labels { get; init; }
}
