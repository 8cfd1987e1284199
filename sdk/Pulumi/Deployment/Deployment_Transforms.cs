using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    private ImmutableList<Task> _invokeTransforms = [];

    /// <summary>Has the engine apply a transform to every call of a function that is made from now on.</summary>
    internal void RegisterInvokeTransform(InvokeTransform transform)
    {
        var registered = Watched(RegisterInvokeTransformAsync(transform));
        ImmutableInterlocked.Update(ref _invokeTransforms, static (all, one) => all.Add(one), registered);
    }

    private async Task RegisterInvokeTransformAsync(InvokeTransform transform)
    {
        if (!await SupportsAsync(Feature.InvokeTransforms))
        {
            throw new InvalidOperationException("The Pulumi CLI does not support invoke transforms. Please update the Pulumi CLI.");
        }
        await _monitor.RegisterStackInvokeTransformAsync(
            await _callbacks.AddAsync(TransformInvokeRequest.Parser, (request, cancellation) => TransformAsync(transform, request, cancellation)));
    }

    private async ValueTask AddTransformsAsync(RegisterResourceRequest request, ResourceOptions options)
    {
        if (options.TransformsOrNone.Count == 0)
        {
            return;
        }
        if (!await SupportsAsync(Feature.Transforms))
        {
            throw new InvalidOperationException("The Pulumi CLI does not support resource transforms. Please update the Pulumi CLI.");
        }
        foreach (var transform in options.TransformsOrNone)
        {
            request.Transforms.Add(await _callbacks.AddAsync(TransformRequest.Parser, (asked, cancellation) => TransformAsync(transform, asked, cancellation)));
        }
    }

    private static async Task<IMessage> TransformAsync(ResourceTransform transform, TransformRequest request, CancellationToken cancellation)
    {
        var args = new ResourceTransformArgs(request.Name, request.Type, request.Custom, TransformValues(request.Properties), TransformOptions.Read(request));
        return await transform(args, cancellation) is { } result
            ? new TransformResponse { Properties = await TransformedAsync(result.Args), Options = await TransformOptions.WriteAsync(result.Options) }
            : new TransformResponse();
    }

    private static async Task<IMessage> TransformAsync(InvokeTransform transform, TransformInvokeRequest request, CancellationToken cancellation)
    {
        var asked = request.Options ?? new TransformInvokeOptions();
        var options = new InvokeOptions
        {
            Provider = asked.Provider.Length == 0 ? null : new DependencyProvider(asked.Provider),
            Version = asked.Version,
            PluginDownloadURL = asked.PluginDownloadUrl,
        };
        if (await transform(new InvokeTransformArgs(request.Token, TransformValues(request.Args), options), cancellation) is not { } result)
        {
            return new TransformInvokeResponse();
        }
        return new TransformInvokeResponse
        {
            Args = await TransformedAsync(result.Args),
            Options = new TransformInvokeOptions
            {
                Provider = result.Options.Provider is { } provider ? await provider.ReferenceAsync() : "",
                Version = result.Options.Version ?? "",
                PluginDownloadUrl = result.Options.PluginDownloadURL ?? "",
            },
        };
    }

    private static ImmutableDictionary<string, object?> TransformValues(Struct? values) =>
        values?.Fields.ToImmutableDictionary(field => field.Key, field => PropertyReader.ReadWithOutputs(field.Value).Value)
        ?? ImmutableDictionary<string, object?>.Empty;

    private static async ValueTask<Struct> TransformedAsync(ImmutableDictionary<string, object?> args) =>
        (await new PropertyWriter(keepResources: true, keepOutputValues: true).WriteAsync(args)).StructValue;
}
