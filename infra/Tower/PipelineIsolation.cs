using System.Collections.Immutable;
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

    public PipelineIsolation(string name, PipelineIsolationArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var everybodyHere = new NetworkPolicyIngressRuleArgs { From = { new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs() } } };
        var traffic = new PodTraffic(
            null,
            [everybodyHere],
            [
                NetworkRules.Everywhere(args.MetadataServiceAllowed),
                // What may listen on a node is no part of everywhere for Cilium. The metadata service answers on port 80 only: these keep it shut.
                NetworkRules.ToDns(),
                NetworkRules.ToApiServer(args.ApiServerPorts),
                .. NetworkRules.ToFurther(args.FurtherEgress),
            ]);
        new NetworkPolicy(
            name,
            new NetworkPolicyArgs
            {
                Metadata = new ObjectMetaArgs { Name = PhysicalName, Namespace = args.Namespace, Labels = new Labels("tower", "isolation").All },
                Spec = traffic.ToSpec(),
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

    /// <summary>Ports on which the API server listens on its nodes, besides 443 and 6443. Default none.</summary>
    public ImmutableArray<int> ApiServerPorts { get; init; } = [];

    /// <summary>Traffic to nodes that head jobs and tasks may start besides. Default none.</summary>
    public ImmutableArray<FurtherEgress> FurtherEgress { get; init; } = [];
}
