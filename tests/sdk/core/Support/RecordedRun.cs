using Pulumirpc;

namespace Tests.Sdk.Core.Support;

/// <summary>What one run of a program told the engine.</summary>
internal sealed class RecordedRun
{
    public int ExitCode { get; set; }

    public List<RegisterResourceRequest> Registrations { get; } = [];

    public List<ReadResourceRequest> Reads { get; } = [];

    public List<ResourceInvokeRequest> Invokes { get; } = [];

    public Dictionary<string, string> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>What transforms were asked and answered, in order.</summary>
    public List<(TransformRequest Asked, TransformResponse Answer)> Transforms { get; } = [];

    /// <summary>The hooks that the program registered, by name.</summary>
    public Dictionary<string, RegisterResourceHookRequest> Hooks { get; } = new(StringComparer.Ordinal);

    public List<string> Warnings { get; } = [];

    public List<string> Errors { get; } = [];

    /// <summary>Whether the program said that no more registrations come.</summary>
    public bool IsShutDown { get; set; }

    public RegisterResourceRequest Registration(string name) => Registrations.Single(registration => registration.Name == name);

    /// <summary>The inputs of a registration, as <see cref="WireText"/> writes them.</summary>
    public string Inputs(string name) => WireText.Of(Registration(name).Object);

    /// <summary>Which inputs depend on which resources, by name.</summary>
    public string PropertyDependencies(string name) => string.Join("; ", Registration(name).PropertyDependencies
        .OrderBy(dependency => dependency.Key, StringComparer.Ordinal).Select(dependency => $"{dependency.Key}: {Names(dependency.Value.Urns_)}"));

    public string Dependencies(string name) => Names(Registration(name).Dependencies);

    private static string Names(IEnumerable<string> urns) => string.Join(", ", urns.Select(urn => urn.Split("::")[^1]).Order(StringComparer.Ordinal));
}
