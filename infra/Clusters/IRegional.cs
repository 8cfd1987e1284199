using Pulumi;

namespace Infra.Clusters;

/// <summary>A cluster with a place: an AWS region, a Google Cloud region, or a zone for a zonal GKE cluster.</summary>
public interface IRegional
{
    /// <summary>The region or zone, spelled as the cloud does.</summary>
    Output<string> Location { get; }
}
