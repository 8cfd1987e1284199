using System.Text.RegularExpressions;

namespace Rehearsal.Graph;

/// <summary>What people call the parts of a type token: <c>package:module:Name</c>, whose module may end in a version or in the name once more.</summary>
internal static partial class TypeParts
{
    // A module of one class alone; its package says more
    private const string Index = "index";

    public static string Package(string type) => ProviderReference.IsProviderType(type) ? ProviderReference.PackageOf(type) : type.Split(':', 2)[0];

    /// <summary>What it is about, as its package divides itself: <c>cache</c> of <c>platform:cache:Redis</c>, <c>iam</c> of <c>aws:iam/role:Role</c>, the
    /// package itself where it does not.</summary>
    public static string Concept(string type) => ProviderReference.IsProviderType(type) ? "providers"
        : Module(type) is { Length: > 0 } module ? module : Package(type);

    /// <summary>The token as short as people read it: <c>cache Redis</c>, <c>iam Role</c>, <c>StatefulSet</c>.</summary>
    public static string Short(string type)
    {
        if (ProviderReference.IsProviderType(type))
        {
            return $"{Package(type)} provider";
        }
        var name = type[(type.LastIndexOf(':') + 1)..];
        // Kinds of a versioned API group are known by their own name
        return Module(type) is { Length: > 0 } module && module != Package(type) && !IsVersioned(type) ? $"{module} {name}" : name;
    }

    private static string Module(string type)
    {
        if (type.Split(':') is not [_, var whole, var name])
        {
            return "";
        }
        string[] parts = [.. whole.Split('/').Where(part => part.Length > 0)];
        var last = parts.Length > 1 && (Version().IsMatch(parts[^1]) || parts[^1].Equals(name, StringComparison.OrdinalIgnoreCase))
            ? parts.Length - 1 : parts.Length;
        var module = string.Join('/', parts[..last]);
        return module == Index ? "" : module;
    }

    private static bool IsVersioned(string type) => type.Split(':') is [_, var module, _] && Version().IsMatch(module[(module.LastIndexOf('/') + 1)..]);

    [GeneratedRegex("^v[0-9][a-z0-9]*$", RegexOptions.None, 1000)]
    private static partial Regex Version();
}
