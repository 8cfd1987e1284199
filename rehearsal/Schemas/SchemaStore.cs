using System.Collections.Concurrent;

namespace Rehearsal.Schemas;

/// <summary>The package schemas in a folder, one file per package, each read when it is first needed.</summary>
/// <param name="folder">Holds <c>aws.json</c>, <c>kubernetes.json</c> and so on.</param>
internal sealed class SchemaStore(string folder)
{
    private readonly ConcurrentDictionary<string, Lazy<PackageSchema?>> _schemas = new(StringComparer.Ordinal);

    /// <summary>The schemas that this program was built with.</summary>
    public static SchemaStore Bundled { get; } = new(Path.Combine(AppContext.BaseDirectory, "schema"));

    /// <summary>The schema of a package, or null when there is none.</summary>
    public PackageSchema? Find(string package) => _schemas.GetOrAdd(package, p => new Lazy<PackageSchema?>(() => Load(p))).Value;

    private PackageSchema? Load(string package)
    {
        // a package name becomes a file name: nothing in it may lead out of the folder
        if (!package.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return null;
        var file = Path.Combine(folder, package + ".json");
        return File.Exists(file) ? PackageSchema.Parse(File.ReadAllBytes(file)) : null;
    }
}
