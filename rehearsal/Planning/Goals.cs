using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Planning;

/// <summary>What a program gives for a resource, as its provider takes it.</summary>
/// <param name="context">What the plan is made from.</param>
/// <param name="find">Finds a resource of the state before.</param>
internal sealed class GoalInputs(PlanContext context, Func<Urn, TrackedResource?> find)
{
    /// <summary>The inputs as the provider takes them.</summary>
    /// <param name="resource">The resource with what the program gave.</param>
    /// <param name="provider">Its provider; null for a component.</param>
    /// <param name="old">What it was; null when it is made anew.</param>
    /// <param name="inputs">What the program gives.</param>
    /// <param name="replaced">What it replaces.</param>
    /// <exception cref="PlanningException">The provider refuses them.</exception>
    public PropertyMap Checked(RegisteredResource resource, IProvider? provider, ResourceState? old, PropertyMap inputs, ResourceState? replaced = null)
    {
        if (provider is null)
        {
            return inputs;
        }
        var seed = context.Seed(resource.Urn, old ?? replaced ?? find(resource.Urn)?.State);
        var (taken, failures) = provider.Check(new CheckRequest(resource.Urn, resource.Goal.Type, old?.Inputs, inputs, seed));
        return failures.IsEmpty ? taken : throw new PlanningException([.. failures.Select(failure => Problem(resource.Goal, failure))], resource.Urn);
    }

    /// <summary>What the program gives, with the old values where it says that their changes are ignored.</summary>
    /// <exception cref="PlanningException">Only one of both has what leads to such a value.</exception>
    public static PropertyMap Ignoring(ResourceGoal goal, PropertyMap old, Urn urn)
    {
        var inputs = goal.Properties;
        List<string>? wrong = null;
        foreach (var text in goal.IgnoreChanges)
        {
            if (PropertyPath.Parse(text) is not { } path)
            {
                continue;
            }
            if (path.Reset(old, inputs) is { } reset)
            {
                inputs = reset;
            }
            else
            {
                (wrong ??= []).Add(text);
            }
        }
        return wrong is null ? inputs : throw new PlanningException(
            $"cannot ignore changes to the following properties because one or more elements of the path are missing: \"{string.Join(", ", wrong)}\"", urn);
    }

    private static string Problem(ResourceGoal goal, CheckFailure failure) => failure.Path.Length == 0
        ? $"{goal.Type} resource '{goal.Name}' has a problem: {failure.Reason}"
        : $"{goal.Type} '{goal.Name}': {failure.Path} {failure.Reason}";
}

/// <summary>What differs between a resource and what the program wants of it, the options of resources taken into account.</summary>
/// <param name="context">What the plan is made from.</param>
/// <param name="notes">What has been planned so far.</param>
/// <param name="find">Finds a resource of the state before.</param>
internal sealed class GoalDifferences(PlanContext context, PlanNotes notes, Func<Urn, TrackedResource?> find)
{
    /// <summary>What differs.</summary>
    /// <param name="new">What the program wants.</param>
    /// <param name="old">What there is.</param>
    /// <param name="provider">Its provider; null for a component.</param>
    public DiffResult Of(RegisteredResource @new, TrackedResource old, IProvider? provider)
        => ReplaceOnChanges(Compared(@new, old, provider), @new.Goal.ReplaceOnChanges);

    private DiffResult Compared(RegisteredResource @new, TrackedResource old, IProvider? provider)
    {
        if (context.IsReplaced(@new.Urn))
        {
            return new DiffResult { Changes = true, ReplaceKeys = ["id"] };
        }
        if (ProviderChanged(@new, old))
        {
            return new DiffResult { Changes = true, ReplaceKeys = ["provider"] };
        }
        if (provider is null)
        {
            return Differ.Same(old.State.Inputs, @new.State.Inputs) ? DiffResult.Same : new DiffResult { Changes = true };
        }
        var diff = context.Diff(provider, old.State, @new.State);
        if (@new.Goal.ReplaceWith.Any(urn => notes.Replaces.Contains(urn.Value)))
        {
            diff = diff with { Changes = true, ReplaceKeys = [.. diff.ReplaceKeys, "replaceWith"] };
        }
        if (@new.Goal.ReplacementTrigger is { } trigger && !Differ.Same(old.State.ReplacementTrigger, trigger))
        {
            diff = diff with { Changes = true, ReplacesAnyway = true };
        }
        return old.State.Taint ? diff with { Changes = true, ReplacesAnyway = true } : diff;
    }

    // Another provider means another resource, unless it is configured in a way that can go on managing this one
    private bool ProviderChanged(RegisteredResource @new, TrackedResource old)
    {
        if (old.State.Provider == @new.State.Provider)
        {
            return false;
        }
        if (old.State.Provider.Length == 0 || @new.State.Provider.Length == 0)
        {
            return true;
        }
        var (was, now) = (ProviderReference.Parse(old.State.Provider), ProviderReference.Parse(@new.State.Provider));
        if (notes.Aliased.GetValueOrDefault(was.Urn.Value) == now.Urn)
        {
            return false;
        }
        return find(was.Urn) is { } oldProvider && context.Find(now.Urn) is { } newProvider
            && context.Diff(context.Providers.Managing(now.Urn.Type), oldProvider.State, newProvider.State).Replaces;
    }

    private static DiffResult ReplaceOnChanges(DiffResult diff, ImmutableArray<string> texts)
    {
        if (!diff.Changes || texts.IsEmpty)
        {
            return diff;
        }
        PropertyPath[] paths = [.. texts.Select(PropertyPath.Parse).OfType<PropertyPath>()];
        bool Replaces(PropertyPath path) => paths.Any(property => property.Contains(path));
        bool Hit(string text) => PropertyPath.Parse(text) is { } path && Replaces(path);
        var detailed = Differ.Replacing(diff.Detailed, Replaces);
        var keys = diff
            .ChangedKeys.Where(Hit)
            .Concat(detailed.Where(data => data.Value.Kind.Replaces() && Hit(data.Key)).Select(data => PropertyPath.Parse(data.Key)!.Parts[0]));
        return diff with { Detailed = detailed, ReplaceKeys = [.. diff.ReplaceKeys.Union(keys, StringComparer.Ordinal)] };
    }
}
