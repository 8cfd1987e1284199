using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Verifying;

/// <summary>A load balancer as the stack exports it.</summary>
/// <param name="Output">Name of the output: <c>studios.loadBalancer</c>.</param>
/// <param name="Namespace">Namespace of what it belongs to.</param>
/// <param name="Value">Host name or address.</param>
public sealed record ExportedAddress(string Output, string Namespace, string Value);

/// <summary>Whether Ingresses, Gateways and Services of the type LoadBalancer have an address, and whether it is the exported one.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
/// <param name="exported">What the stack exports.</param>
public sealed class KubernetesAddresses(ClusterSight sight, ImmutableArray<ExportedAddress> exported) : KubernetesGroup(sight)
{
    private const string Expected = "has an address";

    public override string Name => "addresses";

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Front> fronts = [];
        List<Listing> failed = [];
        foreach (var name in Sight.Namespaces)
        {
            var (ingresses, services, gateways) = (
                await Sight.ListAsync(ApiKind.Ingresses, name, cancellation), await Sight.ListAsync(ApiKind.Services, name, cancellation),
                await Sight.ListAsync(ApiKind.Gateways, name, cancellation));
            failed.AddRange(new[] { ingresses, services }.Where(list => list.Trouble is not null));
            // A cluster without the Gateway API has no such kind
            failed.AddRange(new[] { gateways }.Where(list => list.Trouble is { Fault: not ClusterFault.Missing }));
            fronts.AddRange(Held(ingresses).Select(item => Of(ClusterReader.Typed<V1Ingress>(item))));
            fronts.AddRange(Held(services).Select(ClusterReader.Typed<V1Service>).Where(service => service.Spec?.Type == "LoadBalancer").Select(Of));
            fronts.AddRange(Held(gateways).Select(Of));
        }

        foreach (var finding in Unread([.. failed]))
        {
            yield return finding;
        }

        foreach (var front in fronts)
        {
            yield return front is { Addresses.IsEmpty: true, IsQuiet: true }
                ? new Finding(front.Check, Outcome.Skipped, Expected, "none: Traefik tells it only where its publishedService is on")
            : front.Addresses.IsEmpty
                ? new Finding(
                    front.Check,
                    Outcome.Failed,
                    Expected,
                    "none",
                    $"{front.Controller}: kubectl describe {front.Kind} {front.Name} --namespace {front.Namespace}")
            : new Finding(front.Check, Outcome.Passed, Expected, string.Join(", ", front.Addresses));
        }

        foreach (var address in exported)
        {
            yield return Compared(address, [.. fronts.Where(front => front.Namespace == address.Namespace && !front.Addresses.IsEmpty)]);
        }

        if (fronts.Count == 0 && failed.Count == 0 && exported.IsEmpty)
        {
            yield return new Finding(Name, Outcome.Skipped, Expected, "the stack has no Ingress, Gateway or Service of the type LoadBalancer");
        }
    }

    private static Finding Compared(ExportedAddress address, ImmutableArray<Front> fronts)
    {
        var (check, expected) = ($"output {address.Output}", $"{address.Value}, as the stack exports it");
        var all = fronts.SelectMany(front => front.Addresses).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return all.Length == 0
                ? new(
                    check,
                    Outcome.Skipped,
                    expected,
                    $"nothing in {address.Namespace} has an address of its own: the load balancer is one that the stack made in the cloud")
            : all.Contains(address.Value.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
                ? new(
                    check,
                    Outcome.Passed,
                    expected,
                    $"{fronts.First(front => front.Addresses.Contains(address.Value.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)).Check} has it")
            : new(
                check,
                Outcome.Failed,
                expected,
                string.Join(", ", all),
                "The controller has made another load balancer since: `pulumi up` once more, which also corrects the records.");
    }

    private IEnumerable<JsonObject> Held(Listing list) => list.Items.Where(item => Sight.Holds(list.Namespace!, item));

    private static Front Of(V1Ingress ingress) =>
        new(
            "Ingress",
            ingress.Namespace(),
            ingress.Name(),
            [.. (ingress.Status?.LoadBalancer?.Ingress ?? []).Select(point => point.Hostname ?? point.Ip).OfType<string>().Select(text => text.TrimEnd('.'))],
            $"The controller of class {ingress.Spec?.IngressClassName ?? ingress.GetAnnotation("kubernetes.io/ingress.class") ?? "(default)"} does "
            + "not run or refuses it")
        {
            IsQuiet = $"{ingress.Spec?.IngressClassName}{ingress.GetAnnotation("kubernetes.io/ingress.class")}".Contains("traefik", StringComparison.Ordinal),
        };

    private static Front Of(V1Service service) => new(
        "Service", service.Namespace(), service.Name(),
        [.. (service.Status?.LoadBalancer?.Ingress ?? []).Select(point => point.Hostname ?? point.Ip).OfType<string>().Select(text => text.TrimEnd('.'))],
        "The cloud has not made its load balancer");

    private static Front Of(JsonObject gateway) => new(
        "Gateway", $"{gateway["metadata"]?["namespace"]}", $"{gateway["metadata"]?["name"]}",
        [.. (gateway["status"]?["addresses"] as JsonArray ?? []).Select(point => $"{point?["value"]}").Where(text => text.Length > 0)],
        $"The controller of class {gateway["spec"]?["gatewayClassName"]} does not run or refuses it");

    private sealed record Front(string Kind, string Namespace, string Name, ImmutableArray<string> Addresses, string Controller)
    {
        public string Check => $"{Kind} {Namespace}/{Name}";

        /// <summary>Whether its controller works without telling where.</summary>
        public bool IsQuiet { get; init; }
    }
}
