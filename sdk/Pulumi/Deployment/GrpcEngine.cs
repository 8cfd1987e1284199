using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;

namespace Pulumi;

/// <summary>Sends messages to an engine's address.</summary>
internal sealed class GrpcEngine(string address) : IEngine, IDisposable
{
    private readonly GrpcChannel _channel = new(address);

    public Task LogAsync(LogRequest request) => _channel.CallAsync("/pulumirpc.Engine/Log", request, Empty.Parser);

    public Task RequirePulumiVersionAsync(string range) =>
        _channel.CallAsync("/pulumirpc.Engine/RequirePulumiVersion", new RequirePulumiVersionRequest { PulumiVersionRange = range }, Empty.Parser);

    public void Dispose() => _channel.Dispose();
}
