using System.Collections.Concurrent;
using Rehearsal.Graph;

namespace Rehearsal.Registration;

/// <summary>Versions and sources of packages under the short references by which a program's calls name them.</summary>
internal sealed class PackageReferences
{
    private readonly ConcurrentDictionary<string, (string Version, string Url)> _packages = new(StringComparer.Ordinal);

    public string Add(string version, string url)
    {
        var reference = Guid.NewGuid().ToString();
        _packages[reference] = (version, url);
        return reference;
    }

    /// <summary>The goal with the version and source that its reference stands for.</summary>
    public ResourceGoal Apply(ResourceGoal goal, string reference)
        => reference.Length > 0 && _packages.TryGetValue(reference, out var package) ? goal with { Version = package.Version, PluginDownloadUrl = package.Url } : goal;
}
