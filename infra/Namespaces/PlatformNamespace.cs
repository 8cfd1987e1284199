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
                $"Namespace '{args.NamespaceName}' would enforce {args.Enforce} and warn only about {args.Warn}: warn must be the same level or a stricter one.", this, hideStack: true);
        }

        var labels = new Labels("namespace", args.NamespaceName.Text).All.AddRange(PodSecurityLabels.Of(args.Enforce, args.Warn));
        var space = new Namespace(
            name,
            new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = args.NamespaceName.Text, Labels = labels } },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });

        NamespaceName = space.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }
}
