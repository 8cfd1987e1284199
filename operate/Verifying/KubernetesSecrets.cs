using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Verifying;

/// <summary>Whether every Secret that pods, Ingresses and outputs name is there. Only names are asked for: no value of a Secret leaves the server.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
/// <param name="exported">Secrets that the stack exports, by namespace and output.</param>
public sealed class KubernetesSecrets(ClusterSight sight, ImmutableArray<ExportedSecret> exported) : KubernetesGroup(sight)
{
    public override string Name => "secrets";

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var wanted = exported.Select(secret => (secret.Namespace, secret.Name, By: $"output {secret.Output}")).ToList();
        var deployments = await Sight.HeldAsync<V1Deployment>(ApiKind.Deployments, cancellation);
        var sets = await Sight.HeldAsync<V1StatefulSet>(ApiKind.StatefulSets, cancellation);
        var daemons = await Sight.HeldAsync<V1DaemonSet>(ApiKind.DaemonSets, cancellation);
        var ingresses = await Sight.HeldAsync<V1Ingress>(ApiKind.Ingresses, cancellation);
        wanted.AddRange(deployments.Items.SelectMany(item => Of(item.Metadata, "Deployment", item.Spec.Template?.Spec)));
        wanted.AddRange(sets.Items.SelectMany(item => Of(item.Metadata, "StatefulSet", item.Spec.Template?.Spec)));
        wanted.AddRange(daemons.Items.SelectMany(item => Of(item.Metadata, "DaemonSet", item.Spec.Template?.Spec)));
        wanted.AddRange(ingresses.Items.SelectMany(item => (item.Spec?.Tls ?? []).Where(tls => tls.SecretName is { Length: > 0 }).Select(
            tls => (item.Namespace(), tls.SecretName, By: $"Ingress {item.Name()}"))));
        if (wanted.Count == 0)
        {
            yield return new Finding(Name, Outcome.Skipped, "Secrets that are there", "nothing names one");
        }

        foreach (var inNamespace in wanted.GroupBy(secret => secret.Namespace, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var list = await Sight.ListAsync(ApiKind.Secrets, inNamespace.Key, cancellation);
            if (list.Trouble is { } trouble)
            {
                yield return Unread($"names of secrets in {inNamespace.Key}", trouble);
                continue;
            }

            var there = list.Items.Select(item => $"{item["metadata"]?["name"]}").ToHashSet(StringComparer.Ordinal);
            foreach (var secret in inNamespace.GroupBy(secret => secret.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                var by = string.Join(", ", secret.Select(entry => entry.By).Distinct(StringComparer.Ordinal));
                yield return there.Contains(secret.Key)
                    ? new Finding($"Secret {inNamespace.Key}/{secret.Key}", Outcome.Passed, $"is there, for {by}", "it is (its keys were not looked at)")
                    : new Finding(
                        $"Secret {inNamespace.Key}/{secret.Key}", Outcome.Failed, $"is there, for {by}", "there is none",
                        "Deploy the stack, or make the Secret where its stack file says that it exists: pods wait for it.");
            }
        }
    }

    // What a pod does not start without; optional ones are none of it
    private static IEnumerable<(string Namespace, string Name, string By)> Of(V1ObjectMeta metadata, string kind, V1PodSpec? pod)
    {
        if (pod is null)
        {
            return [];
        }

        var containers = (pod.InitContainers ?? []).Concat(pod.Containers ?? []).ToArray();
        string?[] names =
        [
            .. containers.SelectMany(container => container.Env ?? []).Select(entry => entry.ValueFrom?.SecretKeyRef).Where(key => key?.Optional != true)
                .Select(key => key?.Name),
            .. containers
                .SelectMany(container => container.EnvFrom ?? [])
                .Where(source => source.SecretRef?.Optional != true)
                .Select(source => source.SecretRef?.Name),
            .. (pod.Volumes ?? []).Where(volume => volume.Secret?.Optional != true).Select(volume => volume.Secret?.SecretName),
            .. (pod.Volumes ?? []).SelectMany(volume => volume.Projected?.Sources ?? []).Where(source => source.Secret?.Optional != true)
                .Select(source => source.Secret?.Name),
            .. (pod.ImagePullSecrets ?? []).Select(secret => secret.Name),
        ];
        return names.OfType<string>().Distinct(StringComparer.Ordinal).Select(name => (metadata.NamespaceProperty, name, $"{kind} {metadata.Name}"));
    }
}

/// <summary>A Secret that the stack exports the name of.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Namespace">Namespace that it lies in.</param>
/// <param name="Name">Its name.</param>
public sealed record ExportedSecret(string Output, string Namespace, string Name);
