using Pulumi;
using Pulumi.Kubernetes.Autoscaling.V2;
using Pulumi.Kubernetes.Types.Inputs.Autoscaling.V2;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Apps = Pulumi.Kubernetes.Apps.V1;

namespace Infra.Connect;

/// <summary>The scaler of connect-proxy. There is none for connect-server: taking a server away drops its tunnels.</summary>
internal static class ConnectProxyScaler
{
    public static void Make(string name, Autoscaling autoscaling, ObjectMetaArgs metadata, Apps.Deployment deployment, Resource parent)
    {
        if (autoscaling.Maximum < autoscaling.Minimum || autoscaling.CpuPercent is < 1 or > 100)
        {
            throw new ResourceException(
                $"connect-proxy would scale from {autoscaling.Minimum} to {autoscaling.Maximum} pods at {autoscaling.CpuPercent} % of its processor request: "
                    + "the maximum must not be below the minimum, the share must be 1 to 100.",
                parent,
                hideStack: true);
        }

        new HorizontalPodAutoscaler(
            $"{name}-scaler",
            new HorizontalPodAutoscalerArgs
            {
                Metadata = metadata,
                Spec = new HorizontalPodAutoscalerSpecArgs
                {
                    MinReplicas = autoscaling.Minimum,
                    MaxReplicas = autoscaling.Maximum,
                    Metrics =
                    {
                        new MetricSpecArgs
                        {
                            Type = "Resource",
                            Resource = new ResourceMetricSourceArgs
                            {
                                Name = "cpu",
                                Target = new MetricTargetArgs { Type = "Utilization", AverageUtilization = autoscaling.CpuPercent },
                            },
                        },
                    },
                    ScaleTargetRef = new CrossVersionObjectReferenceArgs
                    {
                        ApiVersion = "apps/v1",
                        Kind = "Deployment",
                        Name = deployment.Metadata.Apply(written => written.Name),
                    },
                },
            },
            new CustomResourceOptions { Parent = parent });
    }
}

/// <summary>How many pods there may be and when there should be more.</summary>
/// <param name="Minimum">Fewest pods, at least 1; 2 to survive the loss of a node.</param>
/// <param name="Maximum">Most pods, at least <paramref name="Minimum"/>.</param>
/// <param name="CpuPercent">Share of the requested processor time that the pods should use on average, in percent.</param>
public sealed record Autoscaling(int Minimum, int Maximum, int CpuPercent = 70);
