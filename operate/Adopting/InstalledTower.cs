using Infra.Tower;
using k8s.Models;

namespace Operate.Adopting;

/// <summary>Reads a namespace in which Seqera Platform launches Nextflow, as its page on Kubernetes compute environments sets one up.</summary>
internal static class InstalledTower
{
    /// <summary>Writes <c>tower.environments</c> of a draft.</summary>
    /// <param name="live">The namespace.</param>
    /// <param name="config">The draft.</param>
    /// <param name="notes">Gets what a reader has to know beyond the draft.</param>
    /// <returns>Whether the namespace is one.</returns>
    public static bool Describe(LiveNamespace live, DraftSettings config, ICollection<string> notes)
    {
        var official = LauncherNames.OfficialRole.Text;
        var bindings = live.Bindings.Where(binding => binding.RoleRef.Name == official).ToArray();
        var subjects = bindings.SelectMany(binding => binding.Subjects ?? []).ToArray();
        var account = subjects.FirstOrDefault(subject => subject.Kind == "ServiceAccount")?.Name
            ?? live.Accounts.FirstOrDefault(item => item.Metadata.Name == LauncherNames.OfficialAccount.Text)?.Metadata.Name;
        if (account is null)
        {
            return false;
        }

        var environment = config.In("platform:tower").In("environments").In(live.Name);
        environment
            .Set("namespace", live.Name)
            .Set("createNamespace", value: false, "The namespace stays with who made it; true makes it the stack's, which deletes it with everything in it.");
        if (account != LauncherNames.OfficialAccount.Text)
        {
            environment.Set("headServiceAccount", account);
        }

        var users = subjects.Where(subject => subject.Kind == "User").Select(subject => subject.Name).Distinct(StringComparer.Ordinal).ToArray();
        if (users.Length > 0 && users is not [TowerLauncherArgs.DefaultUser])
        {
            environment.Set("users", users);
        }

        var groups = subjects.Where(subject => subject.Kind == "Group").Select(subject => subject.Name).Distinct(StringComparer.Ordinal).ToArray();
        if (groups.Length > 0)
        {
            environment.Set("groups", groups);
        }

        if (live.Claims.FirstOrDefault(claim => claim.Spec.AccessModes?.Contains("ReadWriteMany") == true) is { } shared)
        {
            DescribeScratch(shared, environment.In("scratch"), notes);
        }

        return true;
    }

    private static void DescribeScratch(V1PersistentVolumeClaim claim, DraftSettings scratch, ICollection<string> notes)
    {
        scratch.Set("claimName", claim.Metadata.Name);
        var size = claim.Status?.Capacity is { } capacity && capacity.TryGetValue("storage", out var bound) ? bound.ToString()
            : claim.Spec.Resources?.Requests is { } requests && requests.TryGetValue("storage", out var asked) ? asked.ToString() : null;
        if (claim.Spec.VolumeName is not { Length: > 0 } volume || size is null)
        {
            notes.Add($"The claim {claim.Metadata.Name} is bound to no volume: describe platform:storage, or scratch.volume once it is.");
            return;
        }

        scratch.Set("size", size);
        scratch.In("volume").Set("name", volume).Set("size", size).Set("storageClassName", claim.Spec.StorageClassName is { Length: > 0 } named ? named : null);
    }
}
