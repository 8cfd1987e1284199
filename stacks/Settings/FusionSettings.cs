using System.Collections.Immutable;
using Infra.Iam;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Work directories in S3 on an EKS cluster, or in Cloud Storage on a GKE cluster.</summary>
public sealed record FusionSettings : IChecked
{
    [Setting("Names of the buckets with work directories; head jobs and tasks may read and write them.", Example = "[example-work]")]
    [S3BucketName]
    public required ImmutableArray<string> Buckets { get; init; }

    [Setting("On EKS: how pods come by the role for the buckets: irsa is what Seqera documents.")]
    public WorkloadIdentity Identity { get; init; } = WorkloadIdentity.Irsa;

    /// <summary>The buckets as the Platform's forms write them: <c>s3://example-work</c>, on GKE <c>gs://example-work</c>.</summary>
    public IEnumerable<string> AddressesOn(ClusterSettings? cluster)
    {
        var scheme = cluster is { Gke: not null } or { AdoptedGke: not null } ? "gs" : "s3";
        return Buckets.Select(bucket => $"{scheme}://{bucket}");
    }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Buckets.IsEmpty)
        {
            yield return new(at[nameof(Buckets)], "is empty", "one bucket or more", "buckets: [example-work], or remove fusion");
        }

        if (platform.Cluster is { Eks: null, AdoptedEks: null, Gke: null, AdoptedGke: null })
        {
            yield return new(
                at,
                "is given for a cluster that is not described as EKS or GKE",
                "a cluster of the kind eks, adoptedEks, gke or adoptedGke",
                "describe the cluster as adoptedEks or adoptedGke, or remove fusion");
        }
    }
}
