using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Finds the provider of a resource: the one it names, its ancestors', or the default one of its package and version.</summary>
internal sealed class ProviderResolver(EngineContext context)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Package, string Version, string Url), string> _defaults = [];

    /// <summary>The reference of the provider that manages a resource of some package.</summary>
    /// <param name="urn">The resource or null for a function, for messages.</param>
    /// <param name="package">The package of the resource's type.</param>
    /// <param name="given">What the program named, or empty.</param>
    /// <param name="parent">Where inherited providers come from.</param>
    /// <param name="version">The package version that the program was built with, or empty.</param>
    /// <param name="url">Where the plugin comes from when it is not Pulumi's own registry, or empty.</param>
    public string Resolve(Urn? urn, string package, string given, RegisteredResource? parent, string version, string url)
    {
        if (given.Length == 0 && parent is not null)
        {
            given = parent.Providers.GetValueOrDefault(package, "");
        }
        if (given.Length == 0)
        {
            return Default(package, version, url);
        }
        var reference = ProviderReference.Parse(given);
        if (context.Graph.Find(reference.Urn) is null)
        {
            throw context.Events.Refuse(
                $"the provider '{reference.Urn}' is not registered: create it before {(urn is null ? "the functions that use it" : $"'{urn.Name}'")}", urn);
        }
        return given;
    }

    private string Default(string package, string version, string url)
    {
        lock (_lock)
        {
            if (!_defaults.TryGetValue((package, version, url), out var reference))
            {
                _defaults[(package, version, url)] = reference = Make(package, version, url);
            }
            return reference;
        }
    }

    private string Make(string package, string version, string url)
    {
        var name = "default" + (version.Length > 0 ? "_" + Identifier(version) : "") + (url.Length > 0 ? "_" + Identifier(url) : "");
        var type = ProviderReference.TypePrefix + package;
        var urn = context.UrnOf(parent: null, type, name);
        if (context.Graph.Find(urn) is null)
        {
            Register(urn, type, name, version, url);
        }
        return new ProviderReference(urn, ProviderReference.UnknownId).ToString();
    }

    private void Register(Urn urn, string type, string name, string version, string url)
    {
        var inputs = ConfigOf(type);
        if (version.Length > 0)
        {
            inputs = inputs.With("version", new StringProperty(version));
        }
        if (url.Length > 0)
        {
            inputs = inputs.With("pluginDownloadURL", new StringProperty(url));
        }
        var goal = new ResourceGoal { Type = type, Name = name, Custom = true, Properties = inputs, Version = version, PluginDownloadUrl = url };
        var state = new ResourceState { Urn = urn, Type = type, Custom = true, Id = ProviderReference.UnknownId, Inputs = inputs, Outputs = inputs };
        var resource = new RegisteredResource(goal, state) { Providers = ImmutableSortedDictionary<string, string>.Empty };
        context.Graph.Add(resource);
        context.Steps.Start(Operation.Create, resource);
        context.Steps.Complete(Operation.Create, resource);
    }

    // The stack's configuration in the package's namespace configures its default provider: aws:region
    private PropertyMap ConfigOf(string type)
    {
        var prefix = ProviderReference.PackageOf(type) + ":";
        return PropertyMap.From(context.Request.Config.Where(c => c.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(c =>
        {
            PropertyValue value = new StringProperty(c.Value);
            return KeyValuePair.Create(c.Key[prefix.Length..], context.Request.SecretKeys.Contains(c.Key) ? new SecretProperty(value) : value);
        }));
    }

    private static string Identifier(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}

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
        => reference.Length > 0 && _packages.TryGetValue(reference, out var package)
            ? goal with { Version = package.Version, PluginDownloadUrl = package.Url }
            : goal;
}
