using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Tower;

/// <summary>A NetworkPolicy for foreign code: pods of pipelines are reached by each other only, and reach everything but the node's credentials.</summary>
public sealed class PipelineIsolation : ComponentResource
{
    private const string Token = "platform:tower:PipelineIsolation";
    private const string PhysicalName = "tower-pipelines";

    // The address of the instance metadata service on AWS, Google Cloud and Azure.
    private const string MetadataService = "169.254.169.254/32";

    public PipelineIsolation(string name, PipelineIsolationArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var everybodyHere = new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs() };

        // Two peers for everywhere: some network plugins (Cilium, GKE Dataplane V2) do not count pods among the addresses of a block.
        var pods = new NetworkPolicyPeerArgs { NamespaceSelector = new LabelSelectorArgs() };
        var ipv4 = new IPBlockArgs { Cidr = "0.0.0.0/0" };
        if (!args.MetadataServiceAllowed)
        {
            ipv4.Except.Add(MetadataService);
        }

        new NetworkPolicy(
            name,
            new NetworkPolicyArgs
            {
                Metadata = new ObjectMetaArgs { Name = PhysicalName, Namespace = args.Namespace, Labels = new Labels("tower", "isolation").All },
                Spec = new NetworkPolicySpecArgs
                {
                    PodSelector = new LabelSelectorArgs(),
                    PolicyTypes = { "Ingress", "Egress" },
                    Ingress = { new NetworkPolicyIngressRuleArgs { From = { everybodyHere } } },
                    Egress =
                    {
                        new NetworkPolicyEgressRuleArgs
                        {
                            To =
                            {
                                pods,
                                new NetworkPolicyPeerArgs { IpBlock = ipv4 },
                                new NetworkPolicyPeerArgs { IpBlock = new IPBlockArgs { Cidr = "::/0" } },
                            },
                        },
                    },
                },
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }
}

/// <summary>What the pods of pipelines may reach.</summary>
public sealed class PipelineIsolationArgs : ResourceArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>
    /// Let pods ask the metadata service at its link-local address. Default false: there it hands out the credentials of the node.
    /// True on GKE, where Workload Identity answers at the same address for the pod alone.
    /// </summary>
    public bool MetadataServiceAllowed { get; init; }
}
