using System.Collections.Immutable;
using Infra.Dns;
using Infra.Routing;
using Pulumi;

namespace Stacks.Wiring;

/// <summary>What a domain brings to lead its hosts to the cluster, where the settings of Studios name no controller of their own.</summary>
/// <param name="Controller">What turns routes into a way in.</param>
/// <param name="Annotations">Annotations of its Ingresses that are known later.</param>
/// <param name="Certificates">Certificates of the hosts; none where the way brings them itself.</param>
internal sealed record WayIn(IngressController Controller, ImmutableDictionary<string, Output<string>> Annotations, IReadOnlyList<Certificate> Certificates);
