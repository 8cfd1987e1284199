using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Charts;
using Infra.Clusters;
using Infra.Dns;
using Infra.Iam;
using Infra.Routing;
using Pulumi;
using Pulumi.Aws.LB;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Infra.LoadBalancing;

/// <summary>
/// The AWS Load Balancer Controller. Ingresses, LoadBalancer Services and TargetGroupBindings carry its finalizer:
/// it must start before them and be deleted after them.
/// </summary>
public sealed class LoadBalancerController : ComponentResource
{
    private const string Token = "platform:loadBalancing:LoadBalancerController";

    /// <summary>Name of the Helm release; resolves when the webhook answers.</summary>
    [Output("releaseName")]
    public Output<string> ReleaseName { get; private set; }

    public LoadBalancerController(string name, LoadBalancerControllerArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var region = args.Cluster.Account.Region;
        var role = new ServiceAccountRole(
            $"{name}-identity",
            new ServiceAccountRoleArgs
            {
                Cluster = args.Cluster,
                Namespace = HelmCharts.AwsLoadBalancerController.Namespace,
                ServiceAccounts = [LoadBalancerControllerChart.ServiceAccount],
                Description = "AWS Load Balancer Controller",
                Policy = LoadBalancerControllerPolicy.Document(region.Partition).ToJson(),
            },
            new ComponentResourceOptions { Parent = this });
        var certificate = new WebhookCertificate(
            $"{name}-webhook",
            LoadBalancerControllerChart.WebhookService,
            HelmCharts.AwsLoadBalancerController.Namespace,
            new ComponentResourceOptions { Parent = this });

        var release = ChartRelease.Make(
            name,
            HelmCharts.AwsLoadBalancerController,
            args.Chart,
            Values(args, certificate),
            // Pods that start before their association exists never get the role (containers-roadmap #2400).
            new CustomResourceOptions { Parent = this, DependsOn = { role } },
            HelmCharts.AwsLoadBalancerController.Name,
            ChartRelease.PatientSeconds);

        ReleaseName = release.Name;
        RegisterOutputs();
    }

    private static ImmutableDictionary<string, object> Values(LoadBalancerControllerArgs args, WebhookCertificate certificate) => Spec.From(
        ("clusterName", args.Cluster.Name.Apply(clusterName => (object)clusterName)),
        ("region", args.Cluster.Account.Region.Name),
        ("vpcId", args.Cluster.Network.VpcId.Apply(vpcId => (object)vpcId)),
        ("replicaCount", 2),
        ("podDisruptionBudget", Spec.From(("maxUnavailable", 1))),
        ("serviceAccount", Spec.From(("create", true), ("name", LoadBalancerControllerChart.ServiceAccount))),
        ("defaultTargetType", "ip"),
        ("ingressClass", "alb"),
        ("createIngressClassResource", true),
        // The mutating webhook would claim every LoadBalancer Service of the cluster, and block them all while the controller is away.
        ("enableServiceMutatorWebhook", false),
        ("webhookTLS", Spec.From(
            ("caCert", certificate.AuthorityPem.Apply(pem => (object)pem)),
            ("cert", certificate.CertificatePem.Apply(pem => (object)pem)),
            ("key", certificate.PrivateKeyPem.Apply(pem => (object)pem)))),
        ("resources", Spec.From(
            ("requests", Spec.From(("cpu", "100m"), ("memory", "256Mi"))),
            ("limits", Spec.From(("memory", "256Mi"))))));
}

/// <summary>Where the AWS Load Balancer Controller runs.</summary>
public sealed class LoadBalancerControllerArgs : ResourceArgs
{
    public required IEksCluster Cluster { get; init; }

    /// <summary>What the stack wants of the chart in another way. Default nothing.</summary>
    public ChartOptions Chart { get; init; } = ChartOptions.None;
}

/// <summary>The names that the chart of the AWS Load Balancer Controller gives.</summary>
public static class LoadBalancerControllerChart
{
    public const string ServiceAccount = "aws-load-balancer-controller";

    /// <summary>The chart derives it from its fixed name prefix, not from the release.</summary>
    public const string WebhookService = "aws-load-balancer-webhook-service";
}

/// <summary>A load balancer that the AWS Load Balancer Controller or EKS Auto Mode made: for Ingresses or for a Service.</summary>
public static class ControllerLoadBalancer
{
    /// <summary>What records point at. The zone of a load balancer's name follows from its region: it is known before the load balancer.</summary>
    /// <param name="account">Account and region of the load balancer.</param>
    /// <param name="dnsName">Name from the status of the Ingress or the Service.</param>
    /// <param name="ofService">Whether it is one of layer 4, for a Service.</param>
    public static RecordTarget TargetOf(AwsAccount account, Output<string> dnsName, bool ofService = false)
    {
        var zone = GetHostedZoneId.Invoke(
            new GetHostedZoneIdInvokeArgs { LoadBalancerType = ofService ? "network" : "application", Region = account.Region.Name },
            new InvokeOptions { Provider = account.Provider });
        return new RecordTarget.LoadBalancer(dnsName, zone.Apply(found => found.Id));
    }
}

/// <summary>
/// The certificate of an admission webhook, signed by an authority that exists for it alone; it lives in the state, so a preview does not renew it.
/// </summary>
public sealed class WebhookCertificate : ComponentResource
{
    private const string Token = "platform:loadBalancing:WebhookCertificate";

    // The API server checks the chain at every call and nothing renews it: ten years outlive the cluster. Replacing the component renews both.
    private const int ValidityHours = 10 * 365 * 24;

    // Go's TLS and the API server both take it; RSA of the same strength is twelve times larger in the webhook's configuration.
    private const string Algorithm = "ECDSA";
    private const string Curve = "P256";

    public Output<string> AuthorityPem { get; }
    public Output<string> CertificatePem { get; }

    /// <summary>Secret.</summary>
    public Output<string> PrivateKeyPem { get; }

    /// <summary>Makes the authority and the certificate.</summary>
    /// <param name="name">Logical name.</param>
    /// <param name="serviceName">Service of the webhook; the API server calls <c>service.namespace.svc</c>.</param>
    /// <param name="namespaceName">Namespace of the Service.</param>
    /// <param name="options">Options of the component.</param>
    public WebhookCertificate(string name, string serviceName, string namespaceName, ComponentResourceOptions? options = null)
        : base(Token, name, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        var authorityKey = new PrivateKey($"{name}-authority-key", new PrivateKeyArgs { Algorithm = Algorithm, EcdsaCurve = Curve }, child);
        var authority = new SelfSignedCert(
            $"{name}-authority",
            new SelfSignedCertArgs
            {
                PrivateKeyPem = authorityKey.PrivateKeyPem,
                IsCaCertificate = true,
                Subject = new SelfSignedCertSubjectArgs { CommonName = $"{serviceName} authority" },
                AllowedUses = { "cert_signing", "digital_signature" },
                ValidityPeriodHours = ValidityHours,
            },
            child);
        var key = new PrivateKey($"{name}-key", new PrivateKeyArgs { Algorithm = Algorithm, EcdsaCurve = Curve }, child);
        var request = new CertRequest(
            $"{name}-request",
            new CertRequestArgs
            {
                PrivateKeyPem = key.PrivateKeyPem,
                Subject = new CertRequestSubjectArgs { CommonName = $"{serviceName}.{namespaceName}.svc" },
                DnsNames = { $"{serviceName}.{namespaceName}.svc", $"{serviceName}.{namespaceName}.svc.cluster.local" },
            },
            child);
        var certificate = new LocallySignedCert(
            name,
            new LocallySignedCertArgs
            {
                CaPrivateKeyPem = authorityKey.PrivateKeyPem,
                CaCertPem = authority.CertPem,
                CertRequestPem = request.CertRequestPem,
                AllowedUses = { "digital_signature", "key_encipherment", "server_auth" },
                ValidityPeriodHours = ValidityHours,
            },
            child);

        AuthorityPem = authority.CertPem;
        CertificatePem = certificate.CertPem;
        PrivateKeyPem = Output.CreateSecret(key.PrivateKeyPem);
        RegisterOutputs();
    }
}
