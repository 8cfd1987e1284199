using PublicApiGenerator;
using Pulumi.Kubernetes;
using Pulumi.Kubernetes.ApiExtensions;
using Tests.Support;

namespace Tests.Sdk;

// Promise: what programs compile against changes only where somebody has read the change. That it is the official surface, the official lists prove (.ci/run).
public sealed class SdkSurfaceTests
{
    private static readonly Type[] Overlays =
    [
        typeof(KubernetesResource), typeof(CustomResource), typeof(CustomResourceArgs), typeof(CustomResourcePatch), typeof(CustomResourcePatchArgs),
    ];

    [BundledSdkFact]
    public void SdkSurface_DoesNotChange() =>
        Snapshot.ShouldMatch("sdk-surface", [.. Lines(typeof(Pulumi.Resource).Assembly.GetExportedTypes()), .. Lines(Overlays)]);

    private static string[] Lines(Type[] types) =>
        types.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>A test of the packages built from sdk/.</summary>
    private sealed class BundledSdkFactAttribute : FactAttribute
    {
        public BundledSdkFactAttribute()
        {
            // Only our own core shares its messages with the engine.
            if (!typeof(Pulumi.Resource).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name == "Protocol"))
            {
                Skip = "The tests run on the official Pulumi packages, which have more: this surface is that of the subset under sdk/.";
            }
        }
    }
}
