using System.Collections.Concurrent;
using System.Text.Json;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Finds the provider of a resource: the one it names, its ancestors', or the default one of its package and version.</summary>
/// <param name="context">The run.</param>
/// <param name="register">Registers a default provider, which has no parent.</param>
internal sealed class ProviderResolver(EngineContext context, Func<ResourceGoal, RegisteredResource> register)
{
    // Packages whose resources have to name their provider; a star stands for all of them
    private const string DisabledKey = "pulumi:disable-default-providers";

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
            return !IsDisabled(package) ? Default(package, version, url) : throw context.End(new PlanningException(
                $"Default provider for '{package}' disabled. {(urn is null ? "A function" : $"'{urn}'")} must use an explicit provider.", urn));
        }
        if (!ProviderReference.TryParse(given, out var reference))
        {
            throw context.Events.Refuse($"'{given}' is not the URN and the id of a provider", urn);
        }
        if (ProviderReference.PackageOf(reference.Urn.Type) is var other && other != package)
        {
            var user = urn is null ? "a function" : $"'{urn.Name}' ({urn.Type})";
            throw context.Events.Refuse($"'{reference.Urn.Name}' is a provider of '{other}', and {user} needs one of '{package}'", urn);
        }
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
        var provider = context.Graph.Find(context.UrnOf(parent: null, type, name))
            ?? register(new ResourceGoal { Type = type, Name = name, Custom = true, Properties = ConfigOf(type), Version = version, PluginDownloadUrl = url });
        return new ProviderReference(provider.Urn, provider.State.Id ?? ProviderReference.UnknownId).ToString();
    }

    private bool IsDisabled(string package)
    {
        if (!context.Request.Config.TryGetValue(DisabledKey, out var text))
        {
            return false;
        }
        try
        {
            var list = JsonElement.Parse(text);
            // All of them, whichever is meant: one that is no text is refused wherever it stands
            string?[] names = list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(name => name.GetString())];
            return names.Contains("*") || names.Contains(package);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw context.Events.Refuse($"{DisabledKey} is no list of packages: {text}");
        }
    }

    // The stack's configuration in the package's namespace configures its default provider: aws:region
    private PropertyMap ConfigOf(string type)
    {
        var prefix = ProviderReference.PackageOf(type) + ":";
        return PropertyMap.From(context.Request.Config.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry =>
        {
            PropertyValue value = new StringProperty(entry.Value);
            return KeyValuePair.Create(entry.Key[prefix.Length..], context.Request.SecretKeys.Contains(entry.Key) ? new SecretProperty(value) : value);
        }));
    }

    private static string Identifier(string text) => string.Concat(text.Select(entry => char.IsAsciiLetterOrDigit(entry) ? entry : '_'));
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
    /// <exception cref="Protocol.GrpcException">No package was registered under it; the operator has been told.</exception>
    public ResourceGoal Apply(ResourceGoal goal, string reference, EventStream events)
    {
        if (reference.Length == 0)
        {
            return goal;
        }
        return _packages.TryGetValue(reference, out var package)
            ? goal with { Version = package.Version, PluginDownloadUrl = package.Url }
            : throw events.Refuse($"unknown provider package '{reference}': '{goal.Name}' ({goal.Type}) names one that the program has not registered");
    }
}
