using Infra.Routing;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>An Application Load Balancer.</summary>
public sealed record AlbIngressSettings
{
    [Setting("Reachable inside the VPC only.")]
    public bool Internal { get; init; }

    [Setting("How it reaches the pods: by their addresses, which needs the Amazon VPC CNI, or by node ports.")]
    public AlbTargetType TargetType { get; init; } = AlbTargetType.Ip;

    [Setting("Name that all Ingresses of one balancer share; give the Platform's to share its balancer.")]
    [Length(1, 63)]
    public string Group { get; init; } = "studio-platform";

    [Setting("Order of the Platform's own Ingress in the group; Ingresses without an order have 0.")]
    [Range(-1000, 1000)]
    public int PlatformOrder { get; init; }

    [Setting("Security policy of the HTTPS listener.")]
    [Length(1, 64)]
    public string SslPolicy { get; init; } = IngressController.Alb.DefaultSslPolicy;

    [Setting("Path that the balancer asks whether a pod is well.")]
    [AbsolutePath]
    public string HealthCheckPath { get; init; } = "/";

    [Setting("Answers that count as well. The vendor publishes no path that answers 200.")]
    [Length(3, 64)]
    public string HealthySuccessCodes { get; init; } = IngressController.Alb.AnyAnswer;
}
