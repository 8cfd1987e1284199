using Infra.Manifests;

namespace Stacks.Settings;

/// <summary>What an environment asks for, against the bounds that it has: beyond them nothing would ever start.</summary>
internal static class EnvironmentBounds
{
    public static IEnumerable<SettingsProblem> Check(TowerEnvironmentSettings environment, SettingPath at)
    {
        if (environment.Limits is not { } limits)
        {
            yield break;
        }

        var bounds = at[nameof(environment.Limits)];
        if (environment.Scratch is { } scratch && scratch.Size.Amount > limits.Storage?.Amount)
        {
            yield return new(
                bounds[nameof(limits.Storage)],
                $"is less than {at[nameof(environment.Scratch)][nameof(scratch.Size)]}, {scratch.Size}, and the claim would be refused",
                $"{scratch.Size} or more",
                $"storage: {scratch.Size}",
                limits.Storage.Text);
        }

        foreach (var (key, asked, amount, bound, most) in HeadJob(environment.Launch, limits))
        {
            if (amount > most?.Amount)
            {
                yield return new(
                    at[nameof(environment.Launch)][key], $"is more than {bounds.Text}.{bound}, {most}, and head jobs would be refused", $"what {most} holds",
                    $"lower {key}, or raise {bound}", $"{asked}");
            }
        }

        foreach (
            var (key, asked, most) in new[] { ("cpu", limits.ContainerDefaults?.Cpu, limits.Cpu), ("memory", limits.ContainerDefaults?.Memory, limits.Memory) })
        {
            if (asked?.Amount > most?.Amount)
            {
                yield return new(
                    bounds[nameof(limits.ContainerDefaults)][key], $"is more than all pods together may ask for, {bounds[key]}, {most}", $"{most} or less",
                    $"{key}: {most}", asked.Text);
            }
        }
    }

    // Key, what it says, that in units, and the bound with its name.
    private static IEnumerable<(string Key, int Asked, decimal Amount, string Bound, Quantity? Most)> HeadJob(
        TowerLaunchSettings launch,
        TowerLimitsSettings limits)
    {
        const decimal mebibyte = 1048576m;
        if (launch.HeadJobCpus is { } cpus)
        {
            yield return ("headJobCpus", cpus, cpus, "containerMaximum.cpu", limits.ContainerMaximum?.Cpu);
            yield return ("headJobCpus", cpus, cpus, "cpu", limits.Cpu);
        }

        if (launch.HeadJobMemoryMb is { } memory)
        {
            yield return ("headJobMemoryMb", memory, memory * mebibyte, "containerMaximum.memory", limits.ContainerMaximum?.Memory);
            yield return ("headJobMemoryMb", memory, memory * mebibyte, "memory", limits.Memory);
        }
    }
}
