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
/// <param name="address">The address.</param>
/// <param name="parallel">How many resources the engine works on at once.</param>
internal sealed class GrpcMonitor(string address, int parallel) : IMonitor, IDisposable
{
    private const string Service = "/pulumirpc.ResourceMonitor/";

    // Registrations that are ready in front of an engine which takes a few keep it busy; more of them under way cost the buffers of each
    private const int FewestRegistrations = 64;
    private const int MostRegistrations = 256;

    private readonly GrpcChannel _channel = new(address, parallel < 1 ? MostRegistrations : Math.Clamp(parallel, FewestRegistrations, MostRegistrations));

    public async Task<bool> SupportsFeatureAsync(string feature) =>
        (await CallAsync(Service + "SupportsFeature", new SupportsFeatureRequest { Id = feature }, SupportsFeatureResponse.Parser)).HasSupport;

    public Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request) =>
        _channel.CallInCrowdAsync(Service + "RegisterResource", request, RegisterResourceResponse.Parser);

    public Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request) =>
        _channel.CallInCrowdAsync(Service + "ReadResource", request, ReadResourceResponse.Parser);

    public Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request) => CallAsync(Service + "RegisterResourceOutputs", request, Empty.Parser);

    public Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request) => CallAsync(Service + "Invoke", request, ResourceInvokeResponse.Parser);

    public Task<CallResponse> CallAsync(ResourceCallRequest request) => CallAsync(Service + "Call", request, CallResponse.Parser);

    public async Task<string> RegisterPackageAsync(Pulumirpc.RegisterPackageRequest request) =>
        (await CallAsync(Service + "RegisterPackage", request, RegisterPackageResponse.Parser)).Ref;

    public Task RegisterStackInvokeTransformAsync(Callback callback) => CallAsync(Service + "RegisterStackInvokeTransform", callback, Empty.Parser);

    public Task RegisterResourceHookAsync(RegisterResourceHookRequest request) => CallAsync(Service + "RegisterResourceHook", request, Empty.Parser);

    public Task RegisterErrorHookAsync(RegisterErrorHookRequest request) => CallAsync(Service + "RegisterErrorHook", request, Empty.Parser);

    public async Task SignalAndWaitForShutdownAsync()
    {
        try
        {
            await CallAsync(Service + "SignalAndWaitForShutdown", new Empty(), Empty.Parser);
        }
        catch (GrpcException e) when (e.Status == GrpcStatus.Unimplemented)
        {
            // Engines before 3.152 do not have this call: they end with the program
        }
    }

    public void Dispose() => _channel.Dispose();

    private Task<TResponse> CallAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser)
        where TResponse : IMessage<TResponse> => _channel.CallAsync(method, request, parser);
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
