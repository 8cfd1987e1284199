using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>Tells the engine what a component or the stack has as outputs.</summary>
    internal void RegisterOutputs(Resource resource, Output<IDictionary<string, object?>> outputs) => Watch(RegisterOutputsAsync(resource, outputs));

    private async Task RegisterOutputsAsync(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var urn = await resource.Urn.Data;
        var given = await outputs.Data;
        var values = given.IsKnown ? given.Value : new Dictionary<string, object?>();
        var written = await WriteArgsAsync(
            "monitor.registerResourceOutputs(...)", [.. values],
            await SupportsAsync(Feature.ResourceReferences), keepOutputValues: false, skipReferenced: false);
        await _monitor.RegisterResourceOutputsAsync(new RegisterResourceOutputsRequest { Urn = urn.Value, Outputs = written.Values });
    }
}
