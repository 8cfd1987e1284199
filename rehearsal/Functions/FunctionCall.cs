using Rehearsal.Providers;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>What is known of the answer to one function before anybody is asked: what follows from the arguments and the provider's configuration.</summary>
internal delegate PropertyMap Function(FunctionCall call);

/// <summary>One invocation of a function, its arguments known and open, with the configuration of the provider that is asked.</summary>
internal readonly record struct FunctionCall(PropertyMap Arguments, PropertyMap Provider, EngineContext Context)
{
    private const string RegionKey = "region";
    private const string ProjectKey = "project";

    /// <summary>The region: the function's own argument, else the provider's; null when neither says.</summary>
    public string? Region => Find(RegionKey) ?? Configured(RegionKey);

    /// <summary>The Google Cloud project: the function's own argument, else the provider's; null when neither says.</summary>
    public string? Project => Find(ProjectKey) ?? Configured(ProjectKey);

    /// <summary>The text argument of that name, or an empty text.</summary>
    public string this[string key] => Find(key) ?? "";

    /// <summary>The text argument of that name, or null.</summary>
    public string? Find(string key) => Arguments.OpenText(key);

    /// <summary>What the provider is configured with; null when it is not, or not known.</summary>
    public string? Configured(string key) => Provider.OpenText(key) is { Length: > 0 } text ? text : null;
}

/// <summary>Puts together what a function knows; what is null is not known.</summary>
internal static class Known
{
    public static PropertyMap Of(params ReadOnlySpan<(string Key, string? Value)> texts)
    {
        var known = PropertyMap.Empty;
        foreach (var (key, value) in texts)
        {
            known = value is null ? known : known.With(key, Values.Text(value));
        }
        return known;
    }

    public static readonly PropertyMap Nothing = PropertyMap.Empty;
}
