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
        foreach (var path in goal.IgnoreChanges.Concat(goal.ReplaceOnChanges).Where(path => PropertyPath.Parse(path) is null))
        {
            context.Events.Warning(
                $"'{path}' cannot be read as the path of a property, so it has no effect: write name, name.member, name[0] or name[\"a key\"]", urn);
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
        foreach (var (name, text) in new[] { ("create", timeouts.Create), ("update", timeouts.Update), ("delete", timeouts.Delete) })
        {
            if (text.Length > 0 && GoDuration.Seconds(text) is null)
            {
                return $"'{text}' is not a duration: the {name} timeout of '{goal.Name}' ({goal.Type}) needs one like 30s, 5m or 1h30m";
            }
        }
        var wanted = new ResourceState
        {
            Urn = urn,
            Type = goal.Type,
            Dependencies = goal.Dependencies,
            PropertyDependencies = goal.PropertyDependencies,
            DeletedWith = goal.DeletedWith,
        };
        var others = DependencyGraph.References(wanted, children: false).Concat(goal.ReplaceWith);
        return others.FirstOrDefault(other => context.Graph.Find(other) is null) is { } missing
            ? $"'{goal.Name}' ({goal.Type}) refers to '{missing}', which is not registered: create it first"
            : null;
    }

    // As semver.ParseTolerant takes it: v1, 1.2, 01.2.3-beta+build
    [GeneratedRegex(@"^\s*v?\d{1,9}(\.\d{1,9}){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
