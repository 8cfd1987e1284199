using Infra.Manifests;
using Infra.Storage;

namespace Infra.Tower;

/// <summary>The claim that head jobs and tasks share.</summary>
/// <param name="Storage">Where the files lie.</param>
/// <param name="ClaimName">Storage claim name in the Platform's form.</param>
/// <param name="Size">Capacity.</param>
/// <param name="Directory">Directory on the storage that becomes the root of the claim; empty for the storage's own root or a fresh volume.</param>
public sealed record TowerScratch(ISharedStorage Storage, KubernetesName ClaimName, Quantity Size, string Directory = "");
