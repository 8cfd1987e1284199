using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace Infra.Charts;

/// <summary>The one way in which this program installs a chart.</summary>
internal static class ChartRelease
{
    // A release is ready when its pods are; a first pull on a fresh node takes minutes.
    public const int PatientSeconds = 600;

    private const string Oci = "oci://";

    /// <summary>Installs a chart; what changes about it later upgrades the release in place.</summary>
    /// <param name="name">Logical name.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="options">What the stack file says of it.</param>
    /// <param name="values">The program's own values.</param>
    /// <param name="resource">Options of the resource.</param>
    /// <param name="release">Physical name; null lets Pulumi name the release.</param>
    /// <param name="seconds">How long the pods may take; null for the provider's five minutes.</param>
    /// <param name="skipCrds">Whether the kinds in the chart's <c>crds/</c> come from elsewhere.</param>
    public static Release Make(
        string name,
        HelmChart chart,
        ChartOptions options,
        ImmutableDictionary<string, object> values,
        CustomResourceOptions resource,
        string? release = null,
        int? seconds = null,
        bool skipCrds = false)
    {
        var repository = options.Repository ?? chart.Repository;
        var args = new ReleaseArgs
        {
            Namespace = chart.Namespace,
            // A registry has no index: the chart is named with its whole address (pulumi-kubernetes, Release, "Chart").
            Chart = repository.StartsWith(Oci, StringComparison.Ordinal) ? $"{repository.TrimEnd('/')}/{chart.Name}" : chart.Name,
            Version = options.Version ?? chart.Version,
        };
        if (ChartValues.Of(chart, values, options) is { } given)
        {
            args.Values = given;
        }

        if (!repository.StartsWith(Oci, StringComparison.Ordinal))
        {
            args.RepositoryOpts = new RepositoryOptsArgs { Repo = repository };
        }

        if (release is not null)
        {
            args.Name = release;
        }

        if (seconds is { } most)
        {
            args.Timeout = most;
        }

        if (skipCrds)
        {
            args.SkipCrds = true;
        }

        return new Release(name, args, resource);
    }
}
