using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;

namespace Pulumi;

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
            // engines before 3.152 do not have this call: they end with the program
        }
    }

    public void Dispose() => _channel.Dispose();

    private Task<TResponse> CallAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser)
        where TResponse : IMessage<TResponse> => _channel.CallAsync($"/pulumirpc.ResourceMonitor/{method}", request, parser);
}
