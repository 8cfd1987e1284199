using Pulumi;

namespace Infra.Secrets;

/// <summary>A value from the settings and where it goes.</summary>
public sealed class GivenSecretArgs : ResourceArgs
{
    /// <summary>Namespace of the pods that read it.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Key inside the Secret's data.</summary>
    public required string Key { get; init; }

    /// <summary>The value; treated as secret even if it was not marked so.</summary>
    public required Input<string> Value { get; init; }
}
