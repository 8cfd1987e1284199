using System.Collections.Immutable;
using Infra.Routing;
using Pulumi;
using Pulumi.Gcp.Compute;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.LoadBalancing;

/// <summary>A Gateway of GKE: one global Application Load Balancer for all hosts, with a certificate map that may hold wildcards, which Ingresses of GKE cannot have.</summary>
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
                Spec = args.AddressName.Apply(address => Gateway(address, args.RouteNamespaces)),
            },
            new CustomResourceOptions { Parent = this });
        GatewayName = gateway.Metadata.Apply(metadata => metadata.Name);

        MakeObject($"{name}-redirect", GatewayApi, "HTTPRoute", args, GatewayName.Apply(Redirect));
        MakeObject($"{name}-policy", "networking.gke.io/v1", "GCPGatewayPolicy", args, Output.Tuple(GatewayName, tls.Name).Apply(known => Policy(known.Item1, known.Item2)));
        RegisterOutputs();
    }

    private void MakeObject(string name, string apiVersion, string kind, PlatformGatewayArgs args, Output<ImmutableDictionary<string, object>> spec) =>
        new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            name,
            new CustomObjectArgs(apiVersion, kind) { Metadata = new ObjectMetaArgs { Namespace = args.Namespace }, Spec = spec },
            new CustomResourceOptions { Parent = this });

    private static ImmutableDictionary<string, object> Gateway(string address, ImmutableArray<string> namespaces) => Spec.Of(
        ("gatewayClassName", "gke-l7-global-external-managed"),
        ("addresses", Spec.List(Spec.Of(("type", "NamedAddress"), ("value", address)))),
        ("listeners", Spec.List(
            Listener(Http, "HTTP", 80, Spec.Of(("from", "Same"))),
            Listener(SecureListener, "HTTPS", 443, Spec.Of(
                ("from", "Selector"),
                ("selector", Spec.Of(("matchExpressions", Spec.List(
                    Spec.Of(("key", "kubernetes.io/metadata.name"), ("operator", "In"), ("values", Spec.List([.. namespaces]))))))))))));

    private static ImmutableDictionary<string, object> Listener(string name, string protocol, int port, ImmutableDictionary<string, object> namespaces) => Spec.Of(
        ("name", name), ("protocol", protocol), ("port", port), ("allowedRoutes", Spec.Of(("namespaces", namespaces))));

    private static ImmutableDictionary<string, object> Redirect(string gateway) => Spec.Of(
        ("parentRefs", Spec.List(Spec.Of(("name", gateway), ("sectionName", Http)))),
        ("rules", Spec.List(Spec.Of(("filters", Spec.List(Spec.Of(
            ("type", "RequestRedirect"), ("requestRedirect", Spec.Of(("scheme", "https"), ("statusCode", 301))))))))));

    private static ImmutableDictionary<string, object> Policy(string gateway, string sslPolicy) => Spec.Of(
        ("default", Spec.Of(("sslPolicy", sslPolicy))),
        ("targetRef", Spec.Of(("group", "gateway.networking.k8s.io"), ("kind", "Gateway"), ("name", gateway))));
}
