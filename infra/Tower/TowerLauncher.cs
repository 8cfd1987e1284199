using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Rbac.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace Infra.Tower;

/// <summary>The account with which the Platform launches Nextflow in a namespace, and what that account may do there.</summary>
public sealed class TowerLauncher : ComponentResource
{
    private const string Token = "platform:tower:TowerLauncher";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>Account of the head job; resolves when it exists.</summary>
    [Output("serviceAccountName")]
    public Output<string> ServiceAccountName { get; private set; }

    /// <summary>Namespace of the pipelines; resolves when the account exists.</summary>
    [Output("namespace")]
    public Output<string> Namespace { get; private set; }

    /// <summary>The token, once Kubernetes has filled it in; null unless it was asked for.</summary>
    public LauncherToken? AccountToken { get; }

    public TowerLauncher(string name, TowerLauncherArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var labels = new Labels("tower-launcher", "launcher").All;
        var names = new LauncherNames(args.RoleName);

        var accountMetadata = Metadata(args.ServiceAccountName.Text, args, labels);
        if (args.ServiceAccountAnnotations is { } annotations)
        {
            accountMetadata.Annotations = annotations;
        }

        var account = new ServiceAccount(
            $"{name}-account", new ServiceAccountArgs { Metadata = accountMetadata }, new CustomResourceOptions { Parent = this });
        // Not from its metadata: with the annotation of a role that is not made yet, a preview knows nothing of it.
        ServiceAccountName = account.Urn.Apply(_ => args.ServiceAccountName.Text);
        Namespace = Output.Tuple(account.Urn, args.Namespace.ToOutput()).Apply(made => made.Item2);

        var role = new Role(
            $"{name}-role",
            new RoleArgs { Metadata = Metadata(names.Role, args, labels), Rules = LauncherRules.ByApiGroup.Select(PolicyRule).ToImmutableArray() },
            new CustomResourceOptions { Parent = this });

        Bind($"{name}-account-binding", Metadata(names.AccountBinding, args, labels), role, [AccountSubject()]);
        ImmutableArray<SubjectArgs> people = [.. args.Users.Select(user => Subject("User", user)), .. args.Groups.Select(group => Subject("Group", group))];
        if (!people.IsEmpty)
        {
            // One binding for all of them: Seqera's GKE instructions replace the subject of the same binding, and with it whoever had access before.
            Bind($"{name}-user-binding", Metadata(names.UserBinding, args, labels), role, people);
        }

        AccountToken = args.TokenEnabled
            ? new LauncherToken(
                $"{name}-token",
                new LauncherTokenArgs
                {
                    Namespace = args.Namespace,
                    SecretName = LauncherNames.TokenSecret(args.ServiceAccountName),
                    ServiceAccountName = ServiceAccountName,
                    Labels = labels,
                },
                new ComponentResourceOptions { Parent = this })
            : null;
        RegisterOutputs();
    }

    private static PolicyRuleArgs PolicyRule(KeyValuePair<string, ImmutableArray<string>> rule) => new()
    {
        ApiGroups = { rule.Key },
        Resources = rule.Value,
        Verbs = LauncherRules.Verbs,
    };

    private static ObjectMetaArgs Metadata(string physicalName, TowerLauncherArgs args, ImmutableDictionary<string, string> labels) => new()
    {
        Name = physicalName,
        Namespace = args.Namespace,
        Labels = labels,
    };

    private static SubjectArgs Subject(string kind, Input<string> subject) => new() { ApiGroup = RbacGroup, Kind = kind, Name = subject };

    private SubjectArgs AccountSubject() => new() { Kind = "ServiceAccount", Name = ServiceAccountName, Namespace = Namespace };

    private void Bind(string logicalName, ObjectMetaArgs metadata, Role role, ImmutableArray<SubjectArgs> subjects) => new RoleBinding(
        logicalName,
        new RoleBindingArgs
        {
            Metadata = metadata,
            RoleRef = new RoleRefArgs { ApiGroup = RbacGroup, Kind = "Role", Name = role.Metadata.Apply(written => written.Name) },
            Subjects = subjects,
        },
        // Only another Role replaces a binding, and then its name is another one too: the new one exists before the old one goes.
        new CustomResourceOptions { Parent = this, DeleteBeforeReplace = false });
}
