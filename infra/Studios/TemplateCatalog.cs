using System.Collections.Immutable;
using Infra.Versions;

namespace Infra.Studios;

/// <summary>The studio templates of a platform: the vendor's for its version, and the stack's own.</summary>
public static class TemplateCatalog
{
    private const string Prefix = "TOWER_DATA_STUDIO_TEMPLATES_";

    /// <summary>The vendor's templates of a release.</summary>
    public static IReadOnlyList<StudioTemplate> Defaults(VersionMatrix matrix, PlatformRelease release) =>
        [.. matrix.Catalogs[release.Catalog].Select(StudioTemplate.From)];

    /// <summary>Own templates win over the vendor's with the same key; the result is sorted by key.</summary>
    public static IReadOnlyList<StudioTemplate> Merge(IEnumerable<StudioTemplate> defaults, IEnumerable<StudioTemplate> own)
    {
        var byKey = new SortedDictionary<string, StudioTemplate>(StringComparer.Ordinal);
        foreach (var template in defaults.Concat(own))
        {
            byKey[template.Key] = template;
        }

        return [.. byKey.Values];
    }

    /// <summary>The variables of the templates; <c>_TOOL</c> and <c>_STATUS</c> only where the Platform knows them.</summary>
    public static ImmutableSortedDictionary<string, string> Variables(IEnumerable<StudioTemplate> templates, bool withTool)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var template in templates)
        {
            variables[$"{Prefix}{template.Key}_REPOSITORY"] = template.Repository.ToString();
            variables[$"{Prefix}{template.Key}_ICON"] = template.Icon;
            if (!withTool)
            {
                continue;
            }

            variables[$"{Prefix}{template.Key}_TOOL"] = template.Tool;
            if (template.Status is { } status)
            {
                variables[$"{Prefix}{template.Key}_STATUS"] = status;
            }
        }

        return variables.ToImmutable();
    }
}
