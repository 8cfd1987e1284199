using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Pulumi;
using Stacks.Settings;

namespace Stacks;

/// <summary>Marks a record whose public properties are all exported, each under its own name in camel case. What is null is not exported.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExportedAttribute : Attribute;

/// <summary>What the stack exports. The names are a public contract: other stacks, scripts and the documentation rely on them.</summary>
[Exported]
public sealed record PlatformOutputs
{
    /// <summary>Studios; null when it is not deployed.</summary>
    public StudiosOutputs? Studios { get; init; }

    /// <summary>A host by Docker Compose; null where this stack makes none.</summary>
    public ComposeOutputs? Compose { get; init; }

    /// <summary>What the Platform's installation needs; null once the Platform is there.</summary>
    public PlatformInstallationOutputs? PlatformInstallation { get; init; }

    /// <summary>The cluster that this stack made or adopted; null for one that is reached by kubeconfig.</summary>
    public ClusterOutputs? Cluster { get; init; }

    /// <summary>Compute environments by name; null when there are none.</summary>
    public ImmutableSortedDictionary<string, TowerEnvironmentOutputs>? TowerEnvironments { get; init; }

    /// <summary>Posit Workbench; null when it is not deployed.</summary>
    public WorkbenchOutputs? Workbench { get; init; }

    /// <summary>Code Studios by template and name, <c>jupyter/alice</c>; null when there are none.</summary>
    public ImmutableSortedDictionary<string, CodeStudioOutputs>? CodeStudios { get; init; }
}

/// <summary>Outputs as Pulumi takes them.</summary>
public static class Exports
{
    /// <summary>The properties of an exported record by their exported names, records inside of it likewise.</summary>
    public static ImmutableDictionary<string, object?> Exported(this object outputs) => outputs.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => (property.Name, Value: property.GetValue(outputs)))
        .Where(output => output.Value is not null)
        .ToImmutableDictionary(output => SettingPath.KeyFor(output.Name), output => Value(output.Value));

    private static object? Value(object? value) => value switch
    {
        IDictionary entries when value.GetType().GenericTypeArguments is [_, var type] && IsExported(type) =>
            entries.Keys.Cast<string>().ToImmutableDictionary(key => key, key => Value(entries[key])),
        { } record when IsExported(record.GetType()) => record.Exported(),
        _ => value,
    };

    private static bool IsExported(Type type) => type.IsDefined(typeof(ExportedAttribute), inherit: false);
}

/// <summary>Where Workbench is.</summary>
[Exported]
public sealed record WorkbenchOutputs
{
    /// <summary>Address for browsers; null where only <c>kubectl port-forward</c> reaches it.</summary>
    public string? Url { get; init; }

    /// <summary>Host name or address that the host's record has to lead to; null where others know it.</summary>
    public Output<string>? LoadBalancer { get; init; }

    public required Output<string> Namespace { get; init; }

    /// <summary>Service with port 80, the target of <c>kubectl port-forward</c>.</summary>
    public required Output<string> ServiceName { get; init; }

    /// <summary>Secret whose key <c>password</c> holds the test user's; null without one.</summary>
    public Output<string>? TestUserSecret { get; init; }

    /// <summary>Secret whose key <c>token</c> the provider needs to manage accounts; null where it does not.</summary>
    public Output<string>? ScimTokenSecret { get; init; }
}

/// <summary>Where a Code Studio is.</summary>
[Exported]
public sealed record CodeStudioOutputs
{
    public required Output<string> Namespace { get; init; }

    /// <summary>Addresses for browsers by the name of the port; without an ingress those behind <see cref="PortForward"/>.</summary>
    public required ImmutableSortedDictionary<string, string> Urls { get; init; }

    /// <summary>The same of its webapp; null without one.</summary>
    public ImmutableSortedDictionary<string, string>? WebappUrls { get; init; }

    /// <summary>What makes its ports reachable on one's own machine; null where it has none.</summary>
    public string? PortForward { get; init; }

    /// <summary>The commands of its custom actions by name; null where it has none.</summary>
    public ImmutableSortedDictionary<string, string>? Actions { get; init; }

    /// <summary>Its claims by the zone that they hold; null where it has none.</summary>
    public ImmutableSortedDictionary<string, Output<string>>? Claims { get; init; }
}
