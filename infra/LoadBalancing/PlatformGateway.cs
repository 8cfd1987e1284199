using System.Collections.Immutable;
using Infra.Dns;
using Infra.Manifests;
using Infra.Routing;
using Pulumi;
using Pulumi.Gcp.Compute;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.LoadBalancing;

/// <summary>
/// A Gateway of GKE: one global Application Load Balancer for all hosts, with a certificate map that may hold wildcards, which Ingresses of GKE cannot have.
/// </summary>
public sealed class PlatformGateway : ComponentResource
{
    private const string Token = "platform:loadBalancing:PlatformGateway";
    private const string GatewayApi = "gateway.networking.k8s.io/v1";
    private const string Http = "http";

    /// <summary>Listener that routes attach to.</summary>
    public const string SecureListener = "https";

    /// <summary>Name of the Gateway; resolves when it was accepted.</summary>
    [Output("gatewayName")]
    public Output<string> GatewayName { get; private set; }

    public PlatformGateway(string name, PlatformGatewayArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        // Old protocols stay off: GKE's default for Gateways still speaks TLS 1.0.
        var tls = new SSLPolicy(
            $"{name}-tls", new SSLPolicyArgs { MinTlsVersion = "TLS_1_2", Profile = "MODERN" }, new CustomResourceOptions { Parent = this });
        var gateway = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            name,
            new CustomObjectArgs(GatewayApi, "Gateway")
            {
                Metadata = new ObjectMetaArgs
                {
                    Name = args.GatewayName.Text,
                    Namespace = args.Namespace,
                    // With a map the listener may not have certificates of its own (gateway-api#1932, GWCER105).
                    Annotations = { ["networking.gke.io/certmap"] = args.CertificateMapName },
                },
                Spec = Gateway(args.AddressName.ToOutput(), args.RouteNamespaces),
            },
            new CustomResourceOptions { Parent = this });
        // Not from its metadata, of which a plan does not know all.
        GatewayName = gateway.Urn.Apply(_ => args.GatewayName.Text);

        MakeObject($"{name}-redirect", GatewayApi, "HTTPRoute", args, Redirect(GatewayName));
        MakeObject($"{name}-policy", "networking.gke.io/v1", "GCPGatewayPolicy", args, Policy(GatewayName, tls.Name));
        RegisterOutputs();
    }

    private void MakeObject(string name, string apiVersion, string kind, PlatformGatewayArgs args, ImmutableDictionary<string, object> spec) =>
        new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            name,
            new CustomObjectArgs(apiVersion, kind) { Metadata = new ObjectMetaArgs { Namespace = args.Namespace }, Spec = spec },
            new CustomResourceOptions { Parent = this });

    private static ImmutableDictionary<string, object> Gateway(Output<string> address, ImmutableArray<string> namespaces) => Spec.From(
        ("gatewayClassName", "gke-l7-global-external-managed"),
        ("addresses", Spec.List(Spec.From(("type", "NamedAddress"), ("value", address)))),
        ("listeners", Spec.List(
            Listener(Http, "HTTP", 80, Spec.From(("from", "Same"))),
            Listener(SecureListener, "HTTPS", 443, Spec.From(
                ("from", "Selector"),
                ("selector", Spec.From(("matchExpressions", Spec.List(
                    Spec.From(("key", "kubernetes.io/metadata.name"), ("operator", "In"), ("values", Spec.List([.. namespaces]))))))))))));

    private static ImmutableDictionary<string, object> Listener(string name, string protocol, int port, ImmutableDictionary<string, object> namespaces) =>
        Spec.From(
        ("name", name), ("protocol", protocol), ("port", port), ("allowedRoutes", Spec.From(("namespaces", namespaces))));

    private static ImmutableDictionary<string, object> Redirect(Output<string> gateway) => Spec.From(
        ("parentRefs", Spec.List(Spec.From(("name", gateway), ("sectionName", Http)))),
        ("rules", Spec.List(Spec.From(("filters", Spec.List(Spec.From(
            ("type", "RequestRedirect"), ("requestRedirect", Spec.From(("scheme", "https"), ("statusCode", 301))))))))));

    private static ImmutableDictionary<string, object> Policy(Output<string> gateway, Output<string> sslPolicy) => Spec.From(
        ("default", Spec.From(("sslPolicy", sslPolicy))),
        ("targetRef", Spec.From(("group", "gateway.networking.k8s.io"), ("kind", "Gateway"), ("name", gateway))));
}

/// <summary>Where a Gateway answers, with what certificate, and who may attach routes to it.</summary>
public sealed class PlatformGatewayArgs : ResourceArgs
{
    /// <summary>Name of the Gateway, which routes refer to.</summary>
    public required KubernetesName GatewayName { get; init; }

    /// <summary>Namespace of the Gateway, as a resource or a name.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Name of a reserved global address.</summary>
    public required Input<string> AddressName { get; init; }

    /// <summary>Name of a certificate map that covers every host.</summary>
    public required Input<string> CertificateMapName { get; init; }

    /// <summary>Namespaces whose routes are taken; others could claim the platform's hosts.</summary>
    public required ImmutableArray<string> RouteNamespaces { get; init; }
}

/// <summary>
/// A reserved global IPv4 address of Google Cloud: known before the load balancer that answers at it, so that DNS records never wait for one.
/// </summary>
public sealed class StaticAddress : ComponentResource
{
    private const string Token = "platform:loadBalancing:StaticAddress";

    /// <summary>Physical name; resolves when the address is reserved.</summary>
    [Output("addressName")]
    public Output<string> AddressName { get; private set; }

    /// <summary>The address in dotted form.</summary>
    [Output("ipAddress")]
    public Output<string> IpAddress { get; private set; }

    public RecordTarget Target => new RecordTarget.Address(IpAddress);

    public StaticAddress(string name, StaticAddressArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var address = new GlobalAddress(
            name,
            new GlobalAddressArgs { Name = args.AddressName, AddressType = "EXTERNAL", IpVersion = "IPV4" },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        AddressName = address.Name;
        IpAddress = address.Address;
        RegisterOutputs();
    }
}

/// <summary>What a reserved address is called.</summary>
public sealed class StaticAddressArgs : ResourceArgs
{
    /// <summary>Physical name, by which Gateways and Ingresses refer to it (<see cref="Naming.GcpNameRule.Compute"/>).</summary>
    public required string AddressName { get; init; }

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
