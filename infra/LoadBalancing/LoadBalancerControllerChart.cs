using Infra.Iam;

namespace Infra.LoadBalancing;

/// <summary>Where the AWS Load Balancer Controller comes from, and the names that its chart gives.</summary>
public static class LoadBalancerControllerChart
{
    public const string Repository = "https://aws.github.io/eks-charts";

    public const string Name = "aws-load-balancer-controller";

    /// <summary>Chart and controller have the same version since 3.0; the IAM policy belongs to exactly this one.</summary>
    public const string Version = LoadBalancerControllerPolicy.AppVersion;

    public const string Namespace = "kube-system";

    public const string ServiceAccount = "aws-load-balancer-controller";

    /// <summary>The chart derives it from its fixed name prefix, not from the release.</summary>
    public const string WebhookService = "aws-load-balancer-webhook-service";

}
