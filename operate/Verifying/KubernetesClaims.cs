using System.Runtime.CompilerServices;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Verifying;

/// <summary>Whether every claim has its volume.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
public sealed class KubernetesClaims(ClusterSight sight) : KubernetesGroup(sight)
{
    public override string Name => "claims";

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (claims, failed) = await Sight.HeldAsync<V1PersistentVolumeClaim>(ApiKind.Claims, cancellation);
        foreach (var finding in Unread(failed))
        {
            yield return finding;
        }

        if (claims.IsEmpty && failed.IsEmpty)
        {
            yield return new Finding(Name, Outcome.Skipped, "claims that are bound", "the stack has none");
        }

        foreach (var claim in claims)
        {
            yield return await FindingAsync(claim, cancellation);
        }
    }

    private async Task<Finding> FindingAsync(V1PersistentVolumeClaim claim, CancellationToken cancellation)
    {
        var (check, phase) = ($"claim {claim.Namespace()}/{claim.Name()}", claim.Status?.Phase ?? "Unknown");
        var wanted = claim.Spec.Resources?.Requests?.TryGetValue("storage", out var size) == true ? $" with {size}" : "";
        if (phase == "Bound")
        {
            var got = claim.Status?.Capacity?.TryGetValue("storage", out var capacity) == true ? $" with {capacity}" : "";
            return new Finding(check, Outcome.Passed, $"Bound{wanted}", $"Bound to {claim.Spec.VolumeName}{got}");
        }

        var storageClass = string.IsNullOrEmpty(claim.Spec.StorageClassName) ? null : claim.Spec.StorageClassName;
        var classes = await Sight.ListAsync(ApiKind.StorageClasses, null, cancellation);
        var known =
            classes.Trouble is null && storageClass is not null ? classes.Items.FirstOrDefault(item => $"{item["metadata"]?["name"]}" == storageClass) : null;
        if (phase == "Pending" && known?["volumeBindingMode"]?.GetValue<string>() == "WaitForFirstConsumer" && !await IsUsedAsync(claim, cancellation))
        {
            // As Kubernetes has it: such a volume is made where the first pod runs
            return new Finding(check, Outcome.Passed, $"Bound{wanted}, once a pod uses it", $"Pending, and no pod uses it yet (class {storageClass})");
        }

        var isStatic = claim.Spec.VolumeName is { Length: > 0 };
        var because = (storageClass, known, isStatic) switch
        {
            (_, _, true) => $"{phase}, waiting for the volume {claim.Spec.VolumeName}",
            (not null, null, _) when classes.Trouble is null => $"{phase}, and there is no storage class {storageClass}",
            (not null, _, _) => $"{phase}, class {storageClass}",
            _ => $"{phase}, without a class",
        };
        return new Finding(
            check, Outcome.Failed, $"Bound{wanted}", because,
            isStatic
                ? $"kubectl get persistentvolume {claim.Spec.VolumeName} -o yaml: its claimRef, class and access modes have to be those of the claim."
                : $"kubectl describe persistentvolumeclaim {claim.Name()} --namespace {claim.Namespace()}: the driver says there what it lacks.");
    }

    private async Task<bool> IsUsedAsync(V1PersistentVolumeClaim claim, CancellationToken cancellation) =>
        (await Sight.ListAsync(ApiKind.Pods, claim.Namespace(), cancellation)).Items.Select(ClusterReader.Typed<V1Pod>)
            .Any(pod => pod.Spec.Volumes?.Any(volume => volume.PersistentVolumeClaim?.ClaimName == claim.Name()) == true);
}
