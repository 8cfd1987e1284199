using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;

namespace Rehearsal.Registration;

/// <summary>Looks at what a program gives the engine and no provider checks: versions, timeouts, paths, and what a resource refers to.</summary>
internal static partial class GoalChecks
{
    /// <summary>Refuses a goal that cannot be, and warns of what has no effect.</summary>
    /// <param name="context">The run.</param>
    /// <param name="goal">What the program wants.</param>
    /// <param name="urn">Its URN.</param>
    /// <exception cref="Protocol.GrpcException">It is refused; the operator has been told why.</exception>
    public static void Check(EngineContext context, ResourceGoal goal, Urn urn)
    {
        if (Problem(context, goal, urn) is { } problem)
        {
            throw context.Events.Refuse(problem, urn);
        }
        foreach (var paths in (ReadOnlySpan<ImmutableArray<string>>)[goal.IgnoreChanges, goal.ReplaceOnChanges])
        {
            foreach (var path in paths)
            {
                if (PropertyPath.Parse(path) is null)
                {
                    context.Events.Warning(
                        $"'{path}' cannot be read as the path of a property, so it has no effect: write name, name.member, name[0] or name[\"a key\"]", urn);
                }
            }
        }
        if (!goal.Custom && goal.ImportId.Length > 0)
        {
            context.Events.Warning($"'{goal.Name}' is a component, which no provider can import: give the import option to the resources inside it", urn);
        }
    }

    private static string? Problem(EngineContext context, ResourceGoal goal, Urn urn)
    {
        if (goal.Type == Urn.RootType && context.Graph.Root is { } root && root.Urn != urn)
        {
            return $"a program has one stack resource, and '{root.Urn.Name}' is it already: '{goal.Name}' cannot be a second one";
        }
        if (goal.Custom && goal.Version.Length > 0 && !Version().IsMatch(goal.Version))
        {
            return $"'{goal.Version}' is not a version: '{goal.Name}' ({goal.Type}) needs one like 1.2.3 or 1.2.3-beta.1";
        }
        var timeouts = goal.CustomTimeouts;
        ReadOnlySpan<(string Name, string Text)> durations = [("create", timeouts.Create), ("update", timeouts.Update), ("delete", timeouts.Delete)];
        foreach (var (name, text) in durations)
        {
            if (text.Length > 0 && GoDuration.Seconds(text) is null)
            {
                return $"'{text}' is not a duration: the {name} timeout of '{goal.Name}' ({goal.Type}) needs one like 30s, 5m or 1h30m";
            }
        }
        return Missing(context.Graph, goal) is { } missing
            ? $"'{goal.Name}' ({goal.Type}) refers to '{missing}', which is not registered: create it first"
            : null;
    }

    private static Urn? Missing(ResourceGraph graph, ResourceGoal goal)
    {
        if (Missing(graph, goal.Dependencies) is { } dependency)
        {
            return dependency;
        }
        foreach (var (_, urns) in goal.PropertyDependencies)
        {
            if (Missing(graph, urns) is { } needed)
            {
                return needed;
            }
        }
        return goal.DeletedWith is { } with && graph.Find(with) is null ? with : Missing(graph, goal.ReplaceWith);
    }

    private static Urn? Missing(ResourceGraph graph, ImmutableArray<Urn> urns)
    {
        foreach (var urn in urns.IsDefault ? [] : urns)
        {
            if (graph.Find(urn) is null)
            {
                return urn;
            }
        }
        return null;
    }

    // As semver.ParseTolerant takes it: v1, 1.2, 01.2.3-beta+build
    [GeneratedRegex(@"^\s*v?\d{1,9}(\.\d{1,9}){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
