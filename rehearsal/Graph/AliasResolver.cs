using System.Collections.Immutable;

namespace Rehearsal.Graph;

/// <summary>Works out under which former URNs a resource may be known, its parent's former URNs included.</summary>
public static class AliasResolver
{
    /// <summary>The former URNs in the order of their declaration, then those that follow from the parent's.</summary>
    /// <param name="urn">The present URN.</param>
    /// <param name="type">The present type.</param>
    /// <param name="specs">What the program declared.</param>
    /// <param name="parent">The present parent, or null.</param>
    /// <param name="parentAliases">The parent's former URNs.</param>
    /// <param name="formerOf">The former URN of a resource that was found under another one; a declared parent may be such a one.</param>
    public static ImmutableArray<string> Resolve(Urn urn, string type, ImmutableArray<AliasSpec> specs, Urn? parent, ImmutableArray<string> parentAliases,
        Func<Urn, Urn>? formerOf = null)
    {
        if (specs.IsEmpty && (parent is null || parentAliases.IsEmpty))
        {
            return [];
        }
        var found = new List<string>();
        foreach (var spec in specs)
        {
            Add(Former(spec, spec.Parent is { } declared ? formerOf?.Invoke(declared) ?? declared : parent, spec.Name ?? urn.Name));
        }
        if (parent is not null)
        {
            foreach (var formerParent in parentAliases.Select(Urn.Parse))
            {
                var name = ChildName(urn.Name, parent.Name, formerParent.Name);
                Add(Urn.Create(formerParent.Stack, formerParent.Project, formerParent, type, name).Value);
                foreach (var spec in specs.Where(step => step.Urn is null && step.Parent is null && !step.NoParent))
                {
                    Add(Former(spec, formerParent, spec.Name ?? name));
                }
            }
        }
        return [.. found];

        string Former(AliasSpec spec, Urn? above, string name) => spec.Urn?.Value
            ?? Urn.Create(spec.Stack ?? urn.Stack, spec.Project ?? urn.Project, spec.NoParent ? null : above, spec.Type ?? type, name).Value;

        void Add(string alias)
        {
            if (alias != urn.Value && !found.Contains(alias))
            {
                found.Add(alias);
            }
        }
    }

    // A child named after its parent ("db-password" in "db") was named after the former parent too
    private static string ChildName(string child, string parent, string formerParent)
        => child.StartsWith(parent, StringComparison.Ordinal) ? formerParent + child[parent.Length..] : child;
}

/// <summary>A former identity of a resource: a whole URN, or the parts that differ from the present one.</summary>
/// <param name="Urn">The whole former URN; the other parts are then unused.</param>
/// <param name="Name">The former name; null for the present one.</param>
/// <param name="Type">The former type; null for the present one.</param>
/// <param name="Stack">The former stack; null for the present one.</param>
/// <param name="Project">The former project; null for the present one.</param>
/// <param name="Parent">The former parent; null for the present one.</param>
/// <param name="NoParent">Whether it had no parent.</param>
public sealed record AliasSpec(
    Urn? Urn = null, string? Name = null, string? Type = null, string? Stack = null, string? Project = null, Urn? Parent = null, bool NoParent = false);
