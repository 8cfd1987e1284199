using System.Collections.Immutable;

namespace Infra.Networks;

/// <summary>The AWS services that an EKS cluster and its add-ons call, by the last part of their endpoint's name.</summary>
public static class EndpointServices
{
    /// <summary>EKS user guide, "Deploy private clusters with limited internet access", and the services of the add-ons that this program installs.</summary>
    public static ImmutableArray<string> Cluster { get; } =
    [
        "autoscaling", "ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticfilesystem", "elasticloadbalancing", "kms", "logs", "sts",
    ];
}
