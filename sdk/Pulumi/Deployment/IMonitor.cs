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
