using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Secrets;
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
    private const string TokenKey = "token";

    // Physical names of Seqera's tower-launcher.yml (26.1): its instructions and support staff refer to them.
    private const string RoleName = "tower-launcher-role";
    private const string AccountBindingName = "tower-launcher-rolebind";
    private const string UserBindingName = "tower-launcher-userbind";
    private const string TokenSecretName = "tower-launcher-token";

    /// <summary>Account of the head job; resolves when it exists.</summary>
    [Output("serviceAccountName")]
    public Output<string> ServiceAccountName { get; private set; }

    /// <summary>Namespace of the pipelines; resolves when the account exists.</summary>
    [Output("namespace")]
    public Output<string> Namespace { get; private set; }

    /// <summary>Where the token lies, once Kubernetes has filled it in; null unless it was asked for.</summary>
    public SecretKeyRef? TokenReference { get; }

    public TowerLauncher(string name, TowerLauncherArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var labels = new Labels("tower-launcher", "launcher").All;

        var accountMetadata = Metadata(args.ServiceAccountName.Text, args, labels);
        if (args.ServiceAccountAnnotations is { } annotations)
        {
            accountMetadata.Annotations = annotations;
        }

        var account = new ServiceAccount(
            $"{name}-account", new ServiceAccountArgs { Metadata = accountMetadata }, new CustomResourceOptions { Parent = this });
        ServiceAccountName = account.Metadata.Apply(metadata => metadata.Name);
        Namespace = account.Metadata.Apply(metadata => metadata.Namespace);

        var role = new Role(
            $"{name}-role",
            new RoleArgs { Metadata = Metadata(RoleName, args, labels), Rules = LauncherRules.ByApiGroup.Select(PolicyRule).ToImmutableArray() },
            new CustomResourceOptions { Parent = this });

        Bind($"{name}-account-binding", Metadata(AccountBindingName, args, labels), role, [AccountSubject()]);
        ImmutableArray<SubjectArgs> people = [.. args.Users.Select(user => Subject("User", user)), .. args.Groups.Select(group => Subject("Group", group))];
        if (!people.IsEmpty)
        {
            // One binding for all of them: Seqera's GKE instructions replace the subject of the same binding, and with it whoever had access before.
            Bind($"{name}-user-binding", Metadata(UserBindingName, args, labels), role, people);
        }

        TokenReference = args.TokenEnabled ? MakeToken(name, args, labels) : null;
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
        // The role of a binding cannot be changed, and the fixed name cannot exist twice.
        new CustomResourceOptions { Parent = this, DeleteBeforeReplace = true });

    // Kubernetes 1.24 and later make no token for an account unless such a Secret asks for one.
    private SecretKeyRef MakeToken(string name, TowerLauncherArgs args, ImmutableDictionary<string, string> labels)
    {
        var secret = new Secret(
            $"{name}-token",
            new SecretArgs
            {
                Metadata = new ObjectMetaArgs
                {
                    Name = TokenSecretName,
                    Namespace = args.Namespace,
                    Labels = labels,
                    Annotations = { ["kubernetes.io/service-account.name"] = ServiceAccountName },
                },
                Type = "kubernetes.io/service-account-token",
            },
            new CustomResourceOptions { Parent = this });
        var secretName = secret.Metadata.Apply(metadata => metadata.Name);
        return new SecretKeyRef(secretName, TokenKey, secretName);
    }
}
