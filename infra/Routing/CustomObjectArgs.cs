using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace Infra.Routing;

/// <summary>An object with a <c>spec</c>, of a kind that this program has no class for.</summary>
internal sealed class CustomObjectArgs(string apiVersion, string kind) : CustomResourceArgs(apiVersion, kind)
{
    [Input("spec", required: true)]
    public required Input<ImmutableDictionary<string, object>> Spec { get; init; }
}
