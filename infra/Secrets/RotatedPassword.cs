using Pulumi;
using Pulumi.Random;

namespace Infra.Secrets;

/// <summary>The generator behind a password of letters and digits, made anew when its rotation number changes.</summary>
internal static class RotatedPassword
{
    /// <summary>Makes the generator as a child of the component that owns the password.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="name">Logical name of the generator.</param>
    /// <param name="length">Characters; the limit is that of the server that takes the password.</param>
    /// <param name="rotation">Another number is another password.</param>
    /// <param name="isProtected">Whether the engine refuses to delete it.</param>
    public static RandomPassword Make(Resource parent, string name, int length, int rotation, bool isProtected) => new(
        name,
        new RandomPasswordArgs { Length = length, Special = false, Keepers = { ["rotation"] = $"{rotation}" } },
        new CustomResourceOptions { Parent = parent, Protect = isProtected });
}
