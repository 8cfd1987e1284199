using System.Collections.Immutable;
using Pulumi;
using Stacks.Settings.Problems;

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
                (nameof(studios.SshFingerprint), studios.SshFingerprint));
        }

        if (!TowerEnvironments.IsEmpty)
        {
            exported["towerEnvironments"] = TowerEnvironments.ToImmutableDictionary(
                environment => environment.Key,
                environment => Object(
                    (nameof(environment.Value.Namespace), environment.Value.Namespace),
                    (nameof(environment.Value.HeadServiceAccount), environment.Value.HeadServiceAccount),
                    (nameof(environment.Value.TokenSecret), environment.Value.TokenSecret),
                    (nameof(environment.Value.StorageClaim), environment.Value.StorageClaim)));
        }

        return exported;
    }

    private static ImmutableDictionary<string, Output<string>> Object(params ReadOnlySpan<(string Name, Output<string>? Value)> members)
    {
        var present = ImmutableDictionary.CreateBuilder<string, Output<string>>();
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
