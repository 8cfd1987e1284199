using System.Collections.Immutable;
using System.Text;
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
            // One binding for all of them: Seqera's GKE instructions replace the subject of the same binding, and would take away the access of the subject
            // before.
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

    private static PolicyRuleArgs PolicyRule(KeyValuePair<string, string[]> rule) => new()
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

/// <summary>Who may launch pipelines in a namespace.</summary>
public sealed class TowerLauncherArgs : ResourceArgs
{
    public const string DefaultUser = "tower-launcher-user";

    /// <summary>Namespace of the pipelines.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Account of the head job. Default <c>tower-launcher-sa</c>, what the Platform's form suggests.</summary>
    public KubernetesName ServiceAccountName { get; init; } = LauncherNames.OfficialAccount;

    /// <summary>Name of the Role and, through it, of its bindings. Default that of Seqera's manifest.</summary>
    public KubernetesName RoleName { get; init; } = LauncherNames.OfficialRole;

    /// <summary>
    /// Annotations of the account: a cloud identity for Fusion (<c>eks.amazonaws.com/role-arn</c>, <c>iam.gke.io/gcp-service-account</c>). Default none.
    /// </summary>
    public InputMap<string>? ServiceAccountAnnotations { get; init; }

    /// <summary>Users that the Platform signs in as. Default <c>tower-launcher-user</c>; on GKE the e-mail address of an IAM service account.</summary>
    public ImmutableArray<Input<string>> Users { get; init; } = [DefaultUser];

    /// <summary>Groups that the Platform signs in with: those of an EKS access entry. Default none.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>
    /// Make a token that does not expire, for a Platform that reaches a plain Kubernetes API with it. Default false: EKS and GKE sign in otherwise.
    /// </summary>
    public bool TokenEnabled { get; init; }
}

/// <summary>A token of a service account that does not expire, for a Platform that reaches a plain Kubernetes API with it.</summary>
public sealed class LauncherToken : ComponentResource
{
    private const string Token = "platform:tower:LauncherToken";
    private const string TokenKey = "token";
    private const string AuthorityKey = "ca.crt";

    /// <summary>Where the token lies.</summary>
    public SecretKeyRef Reference { get; }

    /// <summary>The token itself, a secret; unknown until Kubernetes has filled it in.</summary>
    [Output("value")]
    public Output<string> Value { get; private set; }

    /// <summary>The certificate authority of the cluster's API server, as Kubernetes writes it beside the token; PEM.</summary>
    [Output("certificateAuthority")]
    public Output<string> CertificateAuthority { get; private set; }

    public LauncherToken(string name, LauncherTokenArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        // Kubernetes 1.24 and later make no token for an account unless such a Secret asks for one.
        var secret = new Secret(
            name,
            new SecretArgs
            {
                Metadata = new ObjectMetaArgs
                {
                    Name = args.SecretName,
                    Namespace = args.Namespace,
                    Labels = args.Labels,
                    Annotations = { ["kubernetes.io/service-account.name"] = args.ServiceAccountName },
                },
                Type = "kubernetes.io/service-account-token",
            },
            new CustomResourceOptions { Parent = this });
        var secretName = secret.Metadata.Apply(metadata => metadata.Name);
        Reference = new SecretKeyRef(secretName, TokenKey, secretName);

        // The provider waits until Kubernetes has filled the Secret, so its own outputs hold the token. A first preview knows of no data, and its id is
        // unknown:
        // taking both makes what is not there yet unknown.
        var filled = Output.Tuple(secret.Id, secret.Data).Apply(written => written.Item2);
        Value = Output.CreateSecret(filled.Apply(data => Decoded(data, TokenKey, args.SecretName)));
        CertificateAuthority = Output.CreateSecret(filled.Apply(data => Decoded(data, AuthorityKey, args.SecretName)));
        RegisterOutputs();
    }

    private static string Decoded(ImmutableDictionary<string, string>? data, string key, string secretName) =>
        data is not null && data.TryGetValue(key, out var encoded)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded))
            : throw new RunException(
                $"Kubernetes has not filled '{key}' into the Secret '{secretName}' yet: deploy once more, and look at the Secret's events if it stays empty.");
}

/// <summary>Whose token is made.</summary>
public sealed class LauncherTokenArgs : ResourceArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>Physical name of the Secret.</summary>
    public required string SecretName { get; init; }

    /// <summary>Account that exists: Kubernetes deletes a token Secret whose account does not.</summary>
    public required Input<string> ServiceAccountName { get; init; }

    public required ImmutableDictionary<string, string> Labels { get; init; }
}
