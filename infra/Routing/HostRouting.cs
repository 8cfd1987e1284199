using System.Collections.Immutable;
using Infra.Dns;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Routing;

/// <summary>The way from hosts to one Service through an ingress controller.</summary>
public sealed class HostRouting : ComponentResource
{
    private const string Token = "platform:routing:HostRouting";

    /// <summary>Host name or address of the load balancer; resolves when the controller has made it, empty where it reports none.</summary>
    [Output("loadBalancer")]
    public Output<string> LoadBalancer { get; private set; }

    public HostRouting(string name, HostRoutingArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        foreach (var custom in args.Plan.CustomObjects)
        {
            new Pulumi.Kubernetes.ApiExtensions.CustomResource(
                $"{name}-{custom.Role ?? custom.Kind.ToLowerInvariant()}",
                new CustomObjectArgs(custom.ApiVersion, custom.Kind)
                {
                    Metadata = new ObjectMetaArgs { Name = custom.Name, Namespace = args.Namespace },
                    Spec = custom.Spec,
                },
                new CustomResourceOptions { Parent = this });
        }

        var ingresses = args.Plan.Ingresses.Select(plan => new Ingress(
            $"{name}-{plan.Role}",
            new IngressArgs { Metadata = Metadata($"{name}-{plan.Role}", plan, args), Spec = Spec(plan, args) },
            new CustomResourceOptions { Parent = this })).ToImmutableArray();

        LoadBalancer = ingresses.IsEmpty ? Output.Create("") : ingresses[0].Status.Apply(status =>
            status?.LoadBalancer?.Ingress is { IsDefaultOrEmpty: false } entries ? entries[0].Hostname ?? entries[0].Ip ?? "" : "");
        RegisterOutputs();
    }

    private static ObjectMetaArgs Metadata(string physicalName, IngressPlan plan, HostRoutingArgs args)
    {
        InputMap<string> annotations = new();
        foreach (var (key, value) in plan.Annotations.Where(annotation => !args.LaterAnnotations.ContainsKey(annotation.Key)))
        {
            annotations[key] = value;
        }

        foreach (var (key, value) in args.LaterAnnotations)
        {
            annotations[key] = value;
        }

        if (plan.Redirect is { } redirect)
        {
            annotations[TraefikRouting.MiddlewaresAnnotation] = args.Namespace.ToOutput().Apply(name => $"{name}-{redirect}@kubernetescrd");
        }

        if (args.SkipAwait)
        {
            annotations["pulumi.com/skipAwait"] = "true";
        }

        var certificates = Covering(plan, args.Certificates);
        AddReferences(annotations, AlbRouting.CertificateAnnotation, certificates.OfType<Certificate.Acm>().Select(certificate => certificate.Arn));
        AddReferences(
            annotations,
            GceRouting.PreSharedAnnotation,
            certificates.OfType<Certificate.PreShared>().Select(certificate => certificate.CertificateName));
        return new ObjectMetaArgs { Name = physicalName, Namespace = args.Namespace, Annotations = annotations };
    }

    private static IngressSpecArgs Spec(IngressPlan plan, HostRoutingArgs args)
    {
        var spec = new IngressSpecArgs
        {
            Rules = plan.Rules.Select(rule => Rule(rule, plan)).ToImmutableArray(),
        };
        foreach (var certificate in Covering(plan, args.Certificates).OfType<Certificate.TlsSecret>())
        {
            spec.Tls.Add(Tls(plan.Rules.Where(rule => certificate.Covers(rule.Host)), certificate.SecretName));
        }

        if (plan.ClassName is { } className)
        {
            spec.IngressClassName = className;
        }

        if (plan.TlsSecret is { } secret)
        {
            spec.Tls.Add(Tls(plan.Rules, secret));
        }

        return spec;
    }

    private static IngressRuleArgs Rule(IngressRulePlan rule, IngressPlan plan) => new()
    {
        Host = rule.Host.Text,
        Http = new HTTPIngressRuleValueArgs
        {
            Paths =
            {
                new HTTPIngressPathArgs
                {
                    Path = rule.Path,
                    PathType = rule.PathType,
                    Backend = new IngressBackendArgs
                    {
                        Service = new IngressServiceBackendArgs
                        {
                            Name = plan.Service,
                            Port = new ServiceBackendPortArgs { Number = rule.ServicePort ?? plan.ServicePort },
                        },
                    },
                },
            },
        },
    };

    private static IngressTLSArgs Tls(IEnumerable<IngressRulePlan> rules, Input<string> secret) =>
        new() { Hosts = rules.Select(rule => rule.Host.Text).ToImmutableArray(), SecretName = secret };

    // A load balancer that is told no certificate guesses one by host name, and prefers the wrong one (aws-load-balancer-controller#3934): each Ingress names
    // its own.
    private static ImmutableArray<Certificate> Covering(IngressPlan plan, IReadOnlyList<Certificate> certificates) =>
        plan.Redirect is not null ? [] : [.. certificates.Where(certificate => plan.Rules.Any(rule => certificate.Covers(rule.Host)))];

    private static void AddReferences(InputMap<string> annotations, string annotation, IEnumerable<Output<string>> references)
    {
        var all = references.ToImmutableArray();
        if (!all.IsEmpty)
        {
            annotations[annotation] = Output.All(all).Apply(names => string.Join(',', names));
        }
    }
}

/// <summary>Where the Ingresses of a plan go, and what certificates they show.</summary>
public sealed class HostRoutingArgs : ResourceArgs
{
    /// <summary>Namespace of the Ingresses: that of the Service they lead to.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>What to create.</summary>
    public required RoutingPlan Plan { get; init; }

    /// <summary>Certificates of the hosts. Default none: the controller has them, or cert-manager makes them.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>
    /// Do not wait for the address of an Ingress: Pulumi would wait ten minutes for a status that some controllers never fill, and fail. Default false.
    /// </summary>
    public bool SkipAwait { get; init; }

    /// <summary>
    /// Annotations of every Ingress that name something which has to exist first and to go last, as a reserved address; they win over the plan's. Default none.
    /// </summary>
    public ImmutableDictionary<string, Output<string>> LaterAnnotations { get; init; } = ImmutableDictionary<string, Output<string>>.Empty;
}

/// <summary>An object with a <c>spec</c>, of a kind that this program has no class for.</summary>
internal sealed class CustomObjectArgs(string apiVersion, string kind) : CustomResourceArgs(apiVersion, kind)
{
    [Input("spec", required: true)]
    public required Input<ImmutableDictionary<string, object>> Spec { get; init; }
}
