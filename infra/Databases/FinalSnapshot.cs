using System.Collections.Immutable;
using Pulumi;
using Pulumi.Random;

namespace Infra.Databases;

/// <summary>The name of the last snapshot that a service takes of a server when it is deleted.</summary>
internal static class FinalSnapshot
{
    // Eight hexadecimal digits.
    private const int SuffixBytes = 4;

    /// <summary>
    /// A name that no earlier server of this stack has used: AWS refuses to delete a server whose last snapshot would have a name that is taken, so the end of
    /// the name lives in the state as long as the server does, and goes with it.
    /// </summary>
    /// <param name="parent">The component that owns the server.</param>
    /// <param name="name">Logical name of the server.</param>
    /// <param name="identifier">Physical name of the server.</param>
    /// <param name="replacing">Inputs of the server that cannot be changed without another server.</param>
    public static Output<string> NameFor(Resource parent, string name, string identifier, params ImmutableArray<(string Key, Input<string> Value)> replacing)
    {
        var keepers = new InputMap<string> { ["identifier"] = identifier };
        foreach (var (key, value) in replacing)
        {
            keepers[key] = value;
        }

        var suffix = new RandomId(
            $"{name}-final-snapshot", new RandomIdArgs { ByteLength = SuffixBytes, Keepers = keepers }, new CustomResourceOptions { Parent = parent });
        return suffix.Hex.Apply(hex => $"{identifier}-final-{hex}");
    }
}
