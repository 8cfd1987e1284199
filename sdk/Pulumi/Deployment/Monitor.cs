using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;

namespace Pulumi;

/// <summary>The engine's side that resources and functions are asked of: the real one, or a test's mocks.</summary>
internal interface IMonitor
{
    Task<bool> SupportsFeatureAsync(string feature);

    Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request);

    Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request);

    Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request);

    Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request);

    Task<CallResponse> CallAsync(ResourceCallRequest request);

    /// <summary>Announces a package with parameters.</summary>
    /// <returns>The reference that requests carry instead of name and version.</returns>
    Task<string> RegisterPackageAsync(Pulumirpc.RegisterPackageRequest request);

    /// <summary>Has the engine call a transform at every call of a function.</summary>
    Task RegisterStackInvokeTransformAsync(Callback callback);

    Task RegisterResourceHookAsync(RegisterResourceHookRequest request);

    Task RegisterErrorHookAsync(RegisterErrorHookRequest request);

    /// <summary>Says that no more registrations come, and waits until the engine is done with those that came.</summary>
    Task SignalAndWaitForShutdownAsync();
}

/// <summary>Asks a monitor at its address.</summary>
internal sealed class GrpcMonitor(string address) : IMonitor, IDisposable
{
    private readonly GrpcChannel _channel = new(address);

    public async Task<bool> SupportsFeatureAsync(string feature) =>
        (await CallAsync("SupportsFeature", new SupportsFeatureRequest { Id = feature }, SupportsFeatureResponse.Parser)).HasSupport;

    public Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request) =>
        CallAsync("RegisterResource", request, RegisterResourceResponse.Parser);

    public Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request) =>
        CallAsync("ReadResource", request, ReadResourceResponse.Parser);

    public Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request) => CallAsync("RegisterResourceOutputs", request, Empty.Parser);

    public Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request) => CallAsync("Invoke", request, ResourceInvokeResponse.Parser);

    public Task<CallResponse> CallAsync(ResourceCallRequest request) => CallAsync("Call", request, CallResponse.Parser);

    public async Task<string> RegisterPackageAsync(Pulumirpc.RegisterPackageRequest request) =>
        (await CallAsync("RegisterPackage", request, RegisterPackageResponse.Parser)).Ref;

    public Task RegisterStackInvokeTransformAsync(Callback callback) => CallAsync("RegisterStackInvokeTransform", callback, Empty.Parser);

    public Task RegisterResourceHookAsync(RegisterResourceHookRequest request) => CallAsync("RegisterResourceHook", request, Empty.Parser);

    public Task RegisterErrorHookAsync(RegisterErrorHookRequest request) => CallAsync("RegisterErrorHook", request, Empty.Parser);

    public async Task SignalAndWaitForShutdownAsync()
    {
        try
        {
            await CallAsync("SignalAndWaitForShutdown", new Empty(), Empty.Parser);
        }
        catch (GrpcException e) when (e.Status == GrpcStatus.Unimplemented)
        {
            // Engines before 3.152 do not have this call: they end with the program
        }
    }

    public void Dispose() => _channel.Dispose();

    private Task<TResponse> CallAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser)
        where TResponse : IMessage<TResponse> => _channel.CallAsync($"/pulumirpc.ResourceMonitor/{method}", request, parser);
}

/// <summary>The engine's side that takes messages.</summary>
internal interface IEngine
{
    Task LogAsync(LogRequest request);
}

/// <summary>Sends messages to an engine's address.</summary>
internal sealed class GrpcEngine(string address) : IEngine, IDisposable
{
    private readonly GrpcChannel _channel = new(address);

    public Task LogAsync(LogRequest request) => _channel.CallAsync("/pulumirpc.Engine/Log", request, Empty.Parser);

    public Task RequirePulumiVersionAsync(string range) =>
        _channel.CallAsync("/pulumirpc.Engine/RequirePulumiVersion", new RequirePulumiVersionRequest { PulumiVersionRange = range }, Empty.Parser);

    public void Dispose() => _channel.Dispose();
}
