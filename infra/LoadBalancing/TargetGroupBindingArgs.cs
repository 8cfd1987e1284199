using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace Infra.LoadBalancing;

/// <summary>The object with which the AWS Load Balancer Controller keeps the pods of a Service in a target group.</summary>
public sealed class TargetGroupBindingArgs : CustomResourceArgs
{
    public TargetGroupBindingArgs()
        : base("elbv2.k8s.aws/v1beta1", "TargetGroupBinding")
    {
    }

    [Input("spec", required: true)]
    public required TargetGroupBindingSpecArgs Spec { get; init; }
}
