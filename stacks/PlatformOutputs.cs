using System.Collections.Immutable;
using Stacks.Settings;

namespace Stacks;

/// <summary>What the stack exports. The names are a public contract: other stacks, scripts and the documentation rely on them.</summary>
public sealed record PlatformOutputs
{
    /// <summary>Studios; absent when it is not deployed.</summary>
    public StudiosOutputs? Studios { get; init; }

    /// <summary>Compute environments by name.</summary>
    public ImmutableSortedDictionary<string, TowerEnvironmentOutputs> TowerEnvironments { get; init; } =
        ImmutableSortedDictionary.Create<string, TowerEnvironmentOutputs>(StringComparer.Ordinal);

    /// <summary>The outputs by their exported names; what is not deployed is not exported.</summary>
    public IDictionary<string, object?> Exported()
    {
        var exported = new Dictionary<string, object?>();
        if (Studios is { } studios)
        {
            exported["studios"] = Object(
                (nameof(studios.ConnectUrl), studios.ConnectUrl),
                (nameof(studios.ProxyService), studios.ProxyService),
                (nameof(studios.ServerService), studios.ServerService),
                (nameof(studios.RegistrationTokenSecret), studios.RegistrationTokenSecret),
                (nameof(studios.SigningKeySecret), studios.SigningKeySecret),
                (nameof(studios.SshHostKeySecret), studios.SshHostKeySecret),
                (nameof(studios.SshFingerprint), studios.SshFingerprint),
                (nameof(studios.LoadBalancer), studios.LoadBalancer),
                (nameof(studios.SshLoadBalancer), studios.SshLoadBalancer),
                (nameof(studios.PlatformChanges), studios.PlatformChanges),
                (nameof(studios.Expected), Object(
                    (nameof(studios.Expected.Hosts), studios.Expected.Hosts),
                    (nameof(studios.Expected.ConnectVersion), studios.Expected.ConnectVersion),
                    (nameof(studios.Expected.HealthUrl), studios.Expected.HealthUrl),
                    (nameof(studios.Expected.TemplatesUrl), studios.Expected.TemplatesUrl),
                    (nameof(studios.Expected.Templates), studios.Expected.Templates),
                    (nameof(studios.Expected.SshEndpoint), studios.Expected.SshEndpoint),
                    (nameof(studios.Expected.SshCommand), studios.Expected.SshCommand))));
        }

        if (!TowerEnvironments.IsEmpty)
        {
            exported["towerEnvironments"] = TowerEnvironments.ToImmutableDictionary(
                environment => environment.Key,
                environment => environment.Value.Exported());
        }

        return exported;
    }

    private static ImmutableDictionary<string, object> Object(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var present = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                present.Add(SettingPath.KeyOf(name), value);
            }
        }

        return present.ToImmutable();
    }
}
