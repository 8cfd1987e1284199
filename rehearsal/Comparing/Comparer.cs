using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Rehearsal.Comparing;

/// <summary>Compares two sides as Pulumi's engine would: resource by resource, by URN and by former URN, with the providers' own rules of what a change
/// replaces.</summary>
/// <remarks>Pure: no clock, no file, no order but that of URNs. What only the server says of a resource (its outputs, times, versions, managed fields) is no
/// difference.</remarks>
internal sealed class Comparer
{
    private readonly ProviderRegistry _providers;
    private readonly Side _old;
    private readonly Side _new;
    private readonly Alignment _alignment;
    private readonly Dictionary<Urn, ResourceState> _oldByUrn = [];
    private readonly Dictionary<Urn, ResourceState> _newByUrn = [];
    private readonly Dictionary<Urn, ResourceState> _former = [];

    private Comparer(ProviderRegistry providers, Side old, Side @new)
    {
        (_providers, _old, _new) = (providers, old, @new);
        _alignment = new Alignment(secret => old.Ciphertext(secret) ?? @new.Ciphertext(secret),
            old.Kind == SideKind.State != (@new.Kind == SideKind.State));
        Index(old, _oldByUrn);
        Index(@new, _newByUrn);
    }

    // Of a URN that occurs twice the last one is the live one
    private static void Index(Side side, Dictionary<Urn, ResourceState> byUrn)
    {
        foreach (var state in side.Resources.Where(state => !state.Delete && !ProviderReference.IsDefaultProvider(state.Urn)))
        {
            byUrn[state.Urn] = state;
        }
    }

    /// <summary>What lies between two sides.</summary>
    /// <param name="providers">Knows what a change replaces.</param>
    /// <param name="old">The side before.</param>
    /// <param name="new">The side after.</param>
    public static Comparison Compare(ProviderRegistry providers, Side old, Side @new)
    {
        var (was, now) = SideSecrets.Mark(old.As(@new.Stack, @new.Project), @new);
        (was, now) = (now.IsWritten ? ApprovedPlan.AsWritten(was) : was, was.IsWritten ? ApprovedPlan.AsWritten(now) : now);
        return new Comparer(providers, was, now).Compared(old, @new);
    }

    private Comparison Compared(Side old, Side @new)
    {
        FindFormer();
        var matched = _former.Values.ToHashSet();
        var gone = _oldByUrn.Values.Where(state => !_newByUrn.ContainsKey(state.Urn) && !matched.Contains(state)
            && (_new.Deleted is not { } deleted || deleted.Contains(state.Urn))).ToArray();
        ResourceState[] left = _new.Deleted is null ? []
            : [.. _oldByUrn.Values.Where(state => !_newByUrn.ContainsKey(state.Urn) && !matched.Contains(state)).Except(gone)];
        var changes = new Dictionary<Urn, ResourceChange>();
        var unchanged = left.Length;
        foreach (var state in _newByUrn.Values)
        {
            var before = _former.GetValueOrDefault(state.Urn) ?? _oldByUrn.GetValueOrDefault(state.Urn);
            // A plan that lists only what changes says nothing of what it leaves out
            if (before is null && _old.Deleted is not null && !_old.Deleted.Contains(state.Urn))
            {
                unchanged++;
            }
            else if (Change(before, state) is { } change)
            {
                changes[state.Urn] = change;
            }
            else
            {
                unchanged++;
            }
        }
        foreach (var state in gone.Where(state => !state.External))
        {
            changes[state.Urn] = new ResourceChange
            {
                Kind = ChangeKind.Delete,
                Old = state,
                Properties = [.. PropertyChanges.All(state.Inputs, DifferenceKind.Delete)],
            };
        }
        var all = _newByUrn.Values.Concat(gone).Concat(left).OrderBy(state => state.Urn.Value, StringComparer.Ordinal).ToDictionary(state => state.Urn);
        Urn[] tree = [.. PlanTree.Arrange([.. all.Values.Select(state => new PlanRow(state.Urn, state.Parent, state.Type, Operation.Same))])
            .Select(line => line.Row.Urn)];
        // Parents in a circle, which only a damaged state has, lead to no root
        ImmutableArray<Urn> laid = [.. tree, .. all.Keys.Except(tree)];
        return new Comparison
        {
            Old = old,
            New = @new,
            Changes = [.. laid.Select(urn => changes.GetValueOrDefault(urn)).OfType<ResourceChange>()],
            Unchanged = unchanged,
            Notes = [.. Notes(old, @new)],
            All = [.. laid.Select(urn => all[urn])],
        };
    }

    // By what the program says, then by what stands behind it: the same thing under another name was moved
    private void FindFormer()
    {
        var free = _oldByUrn.Values.Where(state => !_newByUrn.ContainsKey(state.Urn)).ToDictionary(state => state.Urn.Value, StringComparer.Ordinal);
        var byId = free.Values.Where(HasId).ToLookup(state => (state.Type, state.Id!));
        foreach (var state in _newByUrn.Values.Where(state => !_oldByUrn.ContainsKey(state.Urn)).OrderBy(state => state.Urn.Value, StringComparer.Ordinal))
        {
            var former = state.Aliases.Select(alias => free.GetValueOrDefault(InThisStack(alias))).FirstOrDefault(found => found is not null)
                ?? (HasId(state) ? byId[(state.Type, state.Id!)].FirstOrDefault(found => free.ContainsKey(found.Urn.Value)) : null);
            if (former is not null && free.Remove(former.Urn.Value))
            {
                _former[state.Urn] = former;
            }
        }

        string InThisStack(string alias) => Urn.TryParse(alias, out var urn) ? ResourceKey.ToUrn(ResourceKey.Of(urn), _new.Stack, _new.Project).Value : alias;
    }

    // Objects of Kubernetes have a namespace and a name there, which a patch of somebody else's object shares
    private static bool HasId(ResourceState state) => state is { Custom: true, External: false, Id.Length: > 0 }
        && !state.Type.EndsWith("Patch", StringComparison.Ordinal) && !ProviderReference.IsProviderType(state.Type);

    private ResourceChange? Change(ResourceState? old, ResourceState @new)
    {
        if (@new.External || old is { External: true })
        {
            return null;
        }
        if (old is null)
        {
            return new ResourceChange { Kind = ChangeKind.Create, New = @new, Properties = [.. PropertyChanges.All(@new.Inputs, DifferenceKind.Add)] };
        }
        var isRoot = @new.Type == Urn.RootType;
        // Of the stack itself what it exports is compared, where both sides say it
        var (exported, exports) = _old.Outputs is { } one && _new.Outputs is { } other ? (one, other) : (PropertyMap.Empty, PropertyMap.Empty);
        var (before, after) = isRoot
            ? (old with { Inputs = exported, Outputs = PropertyMap.Empty }, @new with { Inputs = exports, Outputs = PropertyMap.Empty }) : (old, @new);
        // What a provider fills in stands in a state and in no plan
        var inputs = PriorDefaults.Keep(before.Inputs, after.Inputs);
        var (was, now) = _alignment.Of(PriorDefaults.Keep(inputs, before.Inputs), inputs, _new.Planned.Contains(@new.Urn));
        (before, after) = (before with { Inputs = was }, after with { Inputs = now });
        var reasons = isRoot ? [] : Replacing(before, after);
        ImmutableArray<PropertyPath> replacing = [.. reasons.Select(PropertyPath.Parse).OfType<PropertyPath>()];
        ImmutableArray<PropertyChange> properties =
        [
            .. PropertyChanges.Between(was, now, path => replacing.Any(reason => reason.Contains(path))).Select(property
                => isRoot ? property with { Path = PropertyPath.Join("outputs", property.Path) } : property),
            .. OtherSources(before, after),
        ];
        ImmutableArray<PropertyChange> options = isRoot ? [] : [.. OptionChanges.Between(old, @new, reasons)];
        var kind = !reasons.IsEmpty ? ChangeKind.Replace : !properties.IsEmpty ? ChangeKind.Update
            : !options.IsEmpty ? ChangeKind.Options : old.Urn != @new.Urn ? ChangeKind.Move : (ChangeKind?)null;
        return kind is not { } found ? null : new ResourceChange
        {
            Kind = found,
            Old = before,
            New = after,
            Properties = [.. properties, .. options],
            Reasons = reasons,
            Former = old.Urn == @new.Urn ? null : old.Urn,
            Restarts = found != ChangeKind.Update ? null : Planning.Restarts.Of(
                new PlanStep { Operation = Operation.Update, Urn = @new.Urn, Old = before, New = after }),
        };
    }

    // Why another one takes its place; empty when none does
    private ImmutableArray<string> Replacing(ResourceState old, ResourceState @new)
    {
        if (!@new.Custom)
        {
            return [];
        }
        var found = new SortedSet<string>(_new.Replaced.GetValueOrDefault(@new.Urn, []), StringComparer.Ordinal);
        var provider = _providers.Managing(@new.Type);
        // A computed resource's outputs would be compared with the clock
        var outputs = provider is ComputedProvider ? PropertyMap.Empty : old.Outputs;
        var diff = provider.Diff(new DiffRequest(@new.Urn, @new.Type, old.Id ?? "", old.Inputs, outputs, @new.Inputs, Configuration(_newByUrn, @new))
        {
            OldProvider = Configuration(_oldByUrn, old),
        });
        found.UnionWith(diff.ReplaceKeys);
        PropertyPath[] asked = [.. @new.ReplaceOnChanges.Select(PropertyPath.Parse).OfType<PropertyPath>()];
        found.UnionWith(Differ.Compare(old.Inputs, @new.Inputs).Keys.Where(key => PropertyPath.Parse(key) is { } path
            && Array.Exists(asked, option => option.Contains(path))));
        if (!Differ.Same(old.ReplacementTrigger, @new.ReplacementTrigger) && (old.ReplacementTrigger ?? @new.ReplacementTrigger) is not UnknownProperty)
        {
            found.Add("replacementTrigger");
        }
        if (found.Count == 0 && _old.Kind == SideKind.State && _new.Kind == SideKind.State && IsSameStack && HasId(old) && HasId(@new) && old.Id != @new.Id)
        {
            found.Add("id");
        }
        if (found.Count == 0 && _new.Replaced.ContainsKey(@new.Urn))
        {
            found.Add("what it depends on");
        }
        return [.. found];
    }

    private bool IsSameStack => _old.Stack == _new.Stack && _old.Project == _new.Project;

    private static PropertyMap Configuration(Dictionary<Urn, ResourceState> resources, ResourceState state)
        => ProviderReference.TryParse(state.Provider, out var provider) && resources.TryGetValue(provider.Urn, out var found) ? found.Inputs
            : PropertyMap.Empty;

    // Two values that only a deployment knows differ when they come from different resources
    private static IEnumerable<PropertyChange> OtherSources(ResourceState old, ResourceState @new)
    {
        foreach (var (property, urns) in @new.PropertyDependencies)
        {
            if (urns.IsDefaultOrEmpty || !old.PropertyDependencies.TryGetValue(property, out var before) || before.IsDefaultOrEmpty
                || old.Inputs.Find(property) is not { ContainsUnknowns: true } was || @new.Inputs.Find(property) is not { ContainsUnknowns: true } now
                || !Differ.Same(was, now) || was.ContainsSecrets || now.ContainsSecrets)
            {
                continue;
            }
            var (from, to) = (OptionChanges.Names(before), OptionChanges.Names(urns));
            if (from != to)
            {
                yield return new PropertyChange(
                    PropertyPath.Join("", property), DifferenceKind.Update, $"{PropertyText.Unknown} of {from}", $"{PropertyText.Unknown} of {to}");
            }
        }
    }

    private IEnumerable<string> Notes(Side old, Side @new)
    {
        if (!IsSameStack)
        {
            yield return $"These are two different stacks: {old.Stack} of {old.Project} and {@new.Stack} of {@new.Project}. "
                + "Resources of the same name and kind are compared all the same.";
        }
        foreach (var note in old.Notes.Concat(@new.Notes).Distinct(StringComparer.Ordinal))
        {
            yield return note;
        }
        foreach (var change in ProviderVersions.Between(_old, _new))
        {
            yield return change;
        }
        if (_alignment.Sealed > 0)
        {
            yield return $"Of {Many(_alignment.Sealed, "secret")} nobody can say whether {(_alignment.Sealed == 1 ? "it" : "they")} changed: a plan hides "
                + "secrets, and a state opens them only with the passphrase with which they were sealed.";
        }
        if (_alignment.Unknown > 0)
        {
            yield return $"{Many(_alignment.Unknown, "value")} only a deployment knows, and one side was never deployed: "
                + $"{(_alignment.Unknown == 1 ? "it is" : "they are")} not compared.";
        }
        if (_old.Deleted is not null || _new.Deleted is not null)
        {
            yield return "A plan that was made on a state lists only what changes; what it leaves out is taken as unchanged.";
        }
    }

    private static string Many(int count, string what) => count == 1 ? $"one {what}" : $"{count} {what}s";
}
