using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Namespaces;

/// <summary>A namespace whose pods are held to a Pod Security Standard.</summary>
public sealed class PlatformNamespace : ComponentResource
{
    private const string Token = "platform:namespaces:PlatformNamespace";

    /// <summary>Physical name; resolves when the namespace exists, so that whatever uses it waits for it.</summary>
    [Output("namespaceName")]
    public Output<string> NamespaceName { get; private set; }

    public PlatformNamespace(string name, PlatformNamespaceArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.Warn < args.Enforce)
        {
            throw new ResourceException(
                $"Namespace '{args.NamespaceName}' would enforce {args.Enforce} and warn only about {args.Warn}: warn must be the same level or a stricter "
                    + "one.",
                this,
                hideStack: true);
        }

        var labels = new Labels("namespace", args.NamespaceName.Text).All.AddRange(PodSecurityLabels.For(args.Enforce, args.Warn)).AddRange(args.Labels);
        var created = new Namespace(
            name,
            new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = args.NamespaceName.Text, Labels = labels } },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });

        NamespaceName = created.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }
}

/// <summary>The name of a namespace and what its pods may do.</summary>
public sealed class PlatformNamespaceArgs : ResourceArgs
{
    /// <summary>Physical name.</summary>
    public required KubernetesName NamespaceName { get; init; }

    /// <summary>Pods below this level are refused. Default <see cref="PodSecurityLevel.Restricted"/>.</summary>
    public PodSecurityLevel Enforce { get; init; } = PodSecurityLevel.Restricted;

    /// <summary>Pods below this level are reported. Default <see cref="PodSecurityLevel.Restricted"/>.</summary>
    public PodSecurityLevel Warn { get; init; } = PodSecurityLevel.Restricted;

    /// <summary>Further labels, by which controllers find the namespace. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Refuse to delete the namespace, and keep it when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>The levels of the Pod Security Standards.</summary>
public enum PodSecurityLevel
{
    /// <summary>No restriction.</summary>
    Privileged,

    /// <summary>No known privilege escalation; root inside the container is allowed.</summary>
    Baseline,

    /// <summary>Current hardening practice: not root, no capabilities, the runtime's system call filter.</summary>
    Restricted,
}

/// <summary>The namespace labels of Pod Security Admission.</summary>
public static class PodSecurityLabels
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>
    /// Pods under <paramref name="enforce"/> are refused; those under <paramref name="warn"/> are admitted, with a warning to their creator and an audit
    /// record.
    /// </summary>
    public static ImmutableDictionary<string, string> For(PodSecurityLevel enforce, PodSecurityLevel warn) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{Prefix}enforce"] = Spell(enforce),
            [$"{Prefix}enforce-version"] = "latest",
            [$"{Prefix}audit"] = Spell(warn),
            [$"{Prefix}audit-version"] = "latest",
            [$"{Prefix}warn"] = Spell(warn),
            [$"{Prefix}warn-version"] = "latest",
        }.ToImmutableDictionary(StringComparer.Ordinal);

    private static string Spell(PodSecurityLevel level) => level.ToString().ToLowerInvariant();
}
