using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;

namespace Infra.Secrets;

/// <summary>What a generated password or token looks like and where it goes.</summary>
public sealed class TrackedSecretArgs : ResourceArgs
{
    /// <summary>Fewest characters of a generated value: 20 alphanumeric ones carry 119 bits.</summary>
    public const int MinimumLength = 20;

    /// <summary>The start of <see cref="Renderings"/>.</summary>
    public static readonly ImmutableDictionary<string, Func<string, string>> NoRenderings =
        ImmutableDictionary.Create<string, Func<string, string>>(StringComparer.Ordinal);

    /// <summary>Namespace of the pods that read it.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Key inside the Secret's data.</summary>
    public required string Key { get; init; }

    /// <summary>Physical name of the Secret. Default: Pulumi chooses a fresh one with every value.</summary>
    public KubernetesName? SecretName { get; init; }

    /// <summary>Characters, all of them letters or digits so that the value survives URLs, shells and configuration files. Default 32.</summary>
    public int Length { get; init; } = 32;

    /// <summary>Changing the number makes a new value. Default 1.</summary>
    public int Rotation { get; init; } = 1;

    /// <summary>
    /// Refuse to delete or replace the value. A protected value is rotated by changing <see cref="Rotation"/> and lifting the
    /// protection in the same update. Default false.
    /// </summary>
    public bool Protected { get; init; }

    /// <summary>Further keys of the Secret, made from the value: a configuration file that holds it, for instance.</summary>
    public ImmutableDictionary<string, Func<string, string>> Renderings { get; init; } = NoRenderings;
}
