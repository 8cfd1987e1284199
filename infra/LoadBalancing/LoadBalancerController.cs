using Infra.Iam;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace Infra.LoadBalancing;

/// <summary>
/// The AWS Load Balancer Controller. Ingresses, LoadBalancer Services and TargetGroupBindings carry its finalizer:
/// it must start before them and be deleted after them.
/// </summary>
public sealed class LoadBalancerController : ComponentResource
{
    private const string Token = "platform:loadBalancing:LoadBalancerController";

    // The release is ready when its pods are; a first pull on a fresh node takes minutes.
    private const int ReadySeconds = 600;

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
                Namespace = LoadBalancerControllerChart.Namespace,
                ServiceAccounts = [LoadBalancerControllerChart.ServiceAccount],
                Description = "AWS Load Balancer Controller",
                Policy = LoadBalancerControllerPolicy.Document(region.Partition).ToJson(),
            },
            new ComponentResourceOptions { Parent = this });
        var certificate = new WebhookCertificate(
            $"{name}-webhook",
            LoadBalancerControllerChart.WebhookService,
            LoadBalancerControllerChart.Namespace,
            new ComponentResourceOptions { Parent = this });

        var release = new Release(
            name,
            new ReleaseArgs
            {
                Name = LoadBalancerControllerChart.Name,
                Namespace = LoadBalancerControllerChart.Namespace,
                Chart = LoadBalancerControllerChart.Name,
                Version = LoadBalancerControllerChart.Version,
                RepositoryOpts = new RepositoryOptsArgs { Repo = LoadBalancerControllerChart.Repository },
                Timeout = ReadySeconds,
                Values = Values(args, certificate),
            },
            // Pods that start before their association exists never get the role (containers-roadmap #2400).
            new CustomResourceOptions { Parent = this, DependsOn = { role } });

        ReleaseName = release.Name;
        RegisterOutputs();
    }

    private static InputMap<object> Values(LoadBalancerControllerArgs args, WebhookCertificate certificate) => new()
    {
        ["clusterName"] = args.Cluster.Name.Apply(clusterName => (object)clusterName),
        ["region"] = args.Cluster.Account.Region.Name,
        ["vpcId"] = args.Cluster.Network.VpcId.Apply(vpcId => (object)vpcId),
        ["replicaCount"] = args.Replicas,
        ["podDisruptionBudget"] = new InputMap<object> { ["maxUnavailable"] = 1 },
        ["serviceAccount"] = new InputMap<object> { ["create"] = true, ["name"] = LoadBalancerControllerChart.ServiceAccount },
        ["defaultTargetType"] = "ip",
        ["ingressClass"] = "alb",
        ["createIngressClassResource"] = true,
        // The mutating webhook would claim every LoadBalancer Service of the cluster, and block them all while the controller is away.
        ["enableServiceMutatorWebhook"] = false,
        ["webhookTLS"] = new InputMap<object>
        {
            ["caCert"] = certificate.AuthorityPem.Apply(pem => (object)pem),
            ["cert"] = certificate.CertificatePem.Apply(pem => (object)pem),
            ["key"] = certificate.PrivateKeyPem.Apply(pem => (object)pem),
        },
        ["resources"] = new InputMap<object>
        {
            ["requests"] = new InputMap<object> { ["cpu"] = "100m", ["memory"] = "256Mi" },
            ["limits"] = new InputMap<object> { ["memory"] = "256Mi" },
        },
    };
}
