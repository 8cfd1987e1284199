using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace Tests.Sdk.Core.Support;

/// <summary>Mocks that echo inputs and know an address for every resource.</summary>
internal sealed class EchoMocks : IMocks
{
    private readonly ConcurrentDictionary<string, MockResourceArgs> _resources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, Pulumi.Output<object?>>> _outputs = new(StringComparer.Ordinal);

    /// <summary>What was registered, by name.</summary>
    public IReadOnlyDictionary<string, MockResourceArgs> Resources => _resources;

    /// <summary>What components and stacks registered as outputs, by name.</summary>
    public IReadOnlyDictionary<string, ImmutableDictionary<string, Pulumi.Output<object?>>> Outputs => _outputs;

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        _resources[args.Name!] = args;
        return Task.FromResult<(string?, object)>(($"{args.Name}-id", args.Inputs.SetItem("address", $"{args.Name}.test")));
    }

    public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(args.Args);

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        _outputs[args.Urn.Split("::")[^1]] = args.Outputs;
        return Task.CompletedTask;
    }
}
