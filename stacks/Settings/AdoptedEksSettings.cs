using Infra.Clusters;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>An EKS cluster that exists, found by its name.</summary>
[Needs(nameof(PlatformSettings.Aws))]
public sealed record AdoptedEksSettings
{
    [Setting("Name of the cluster in the region.", Example = "shared-research")]
    [AwsName]
    public required string Name { get; init; }

    [Setting("The VPC of its nodes.")]
    public required ExistingNetworkSettings Network { get; init; }

    [Setting("Where the cluster looks up who an IAM principal is; a wrong answer stops the preview with the right one.")]
    public EksAuthenticationMode AuthenticationMode { get; init; } = EksAuthenticationMode.ApiAndConfigMap;

    [Setting("Install the AWS Load Balancer Controller. Leave it out where the cluster has one: two of them fight over every Ingress.")]
    public bool LoadBalancerController { get; init; }

    [Setting("Role that the AWS CLI assumes to sign in to the cluster.", Absent = "the credentials that run Pulumi")]
    [IamPrincipalArn]
    public string? KubernetesRole { get; init; }
}
