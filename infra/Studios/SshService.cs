using Infra.Connect;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Studios;

/// <summary>The Service that brings SSH to connect-proxy, beside the one for browsers.</summary>
public sealed class SshService : ComponentResource
{
    private const string Token = "platform:studios:SshService";

    /// <summary>Host name or address of the load balancer; resolves when there is one, empty for a node port.</summary>
    [Output("loadBalancer")]
    public Output<string> LoadBalancer { get; private set; }

    public SshService(string name, SshServiceArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var service = new Service(
            name,
            new ServiceArgs { Metadata = Metadata(args), Spec = Spec(args.Plan) },
            ImmutableFields.Replacing(ImmutableFields.Service, new CustomResourceOptions { Parent = this }));

        LoadBalancer = service.Status.Apply(status =>
            status?.LoadBalancer?.Ingress is { IsDefaultOrEmpty: false } entries ? entries[0].Hostname ?? entries[0].Ip ?? "" : "");
        RegisterOutputs();
    }

    private static ObjectMetaArgs Metadata(SshServiceArgs args)
    {
        var metadata = new ObjectMetaArgs { Name = SshServicePlan.ServiceName, Namespace = args.Namespace, Labels = ConnectLabels.Proxy.All };
        foreach (var (key, value) in args.Plan.Annotations)
        {
            metadata.Annotations[key] = value;
        }

        if (args.ExternalDnsHost is { } host)
        {
            metadata.Annotations["external-dns.alpha.kubernetes.io/hostname"] = host;
        }

        return metadata;
    }

    private static ServiceSpecArgs Spec(SshServicePlan plan)
    {
        var port = new ServicePortArgs { Name = "ssh", Port = plan.Port, TargetPort = ConnectPorts.Ssh, Protocol = "TCP" };
        if (plan.NodePort is { } nodePort)
        {
            port.NodePort = nodePort;
        }

        var spec = new ServiceSpecArgs
        {
            ExternalTrafficPolicy = plan.ExternalTrafficPolicy,
            Ports = { port },
            // The vendor's example selects app: proxy, a label that no proxy pod has.
            Selector = ConnectLabels.Proxy.Selector,
            Type = plan.Type,
        };
        if (plan.LoadBalancerClass is { } loadBalancerClass)
        {
            spec.LoadBalancerClass = loadBalancerClass;
        }

        if (!plan.SourceRanges.IsEmpty)
        {
            spec.LoadBalancerSourceRanges = plan.SourceRanges;
        }

        return spec;
    }
}

/// <summary>Where SSH comes in.</summary>
public sealed class SshServiceArgs : ResourceArgs
{
    /// <summary>Namespace of connect-proxy.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>What kind of Service.</summary>
    public required SshServicePlan Plan { get; init; }

    /// <summary>Host that ExternalDNS announces for the Service. Default none: the record is made in another way.</summary>
    public string? ExternalDnsHost { get; init; }
}
