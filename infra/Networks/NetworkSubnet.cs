using Pulumi;

namespace Infra.Networks;

/// <summary>One subnet of a network; how many there are is known before anything exists.</summary>
/// <param name="Key">Tells it from its siblings in logical names: the zone's slot, or the id of an adopted subnet.</param>
/// <param name="Id">The subnet's id; resolves when the routes that the program makes for it lead out.</param>
public sealed record NetworkSubnet(string Key, Output<string> Id);
