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

/// <summary>A resource's options as they travel to a transform and back.</summary>
internal static class TransformOptions
{
    public static ResourceOptions Read(TransformRequest request)
    {
        var message = request.Options ?? new TransformResourceOptions();
        // An order of replacement that was left open arrives as false: the official package does the same
        ResourceOptions options = request.Custom
            ? new CustomResourceOptions { DeleteBeforeReplace = message.DeleteBeforeReplace, AdditionalSecretOutputs = [.. message.AdditionalSecretOutputs] }
            : new ComponentResourceOptions { Providers = [.. message.Providers.Values.Select(value => new DependencyProvider(value))] };
        options.Aliases = [.. message.Aliases.Select(alias => (Input<Alias>)Alias.OfMessage(alias))];
        options.CustomTimeouts = message.CustomTimeouts is { } timeouts ? CustomTimeouts.OfMessage(timeouts) : null;
        options.DeletedWith = Reference(message.DeletedWith);
        options.DependsOn = message.DependsOn.Select(urn => (Resource)new DependencyResource(urn)).ToList();
        options.IgnoreChanges = [.. message.IgnoreChanges];
        options.Parent = Reference(request.Parent);
        options.PluginDownloadURL = message.PluginDownloadUrl.Length == 0 ? null : message.PluginDownloadUrl;
        options.Protect = message.HasProtect ? message.Protect : null;
        options.Provider = message.Provider.Length == 0 ? null : new DependencyProvider(message.Provider);
        options.ReplaceOnChanges = [.. message.ReplaceOnChanges];
        options.RetainOnDelete = message.HasRetainOnDelete ? message.RetainOnDelete : null;
        options.Version = message.Version;
        options.HideDiffs = [.. message.HideDiff];
        options.ReplaceWith = message.ReplaceWith.Select(urn => (Resource)new DependencyResource(urn)).ToList();
        options.Hooks = ResourceHookBinding.OfMessage(message.Hooks);
        return options;
    }

    public static async ValueTask<TransformResourceOptions> WriteAsync(ResourceOptions options)
    {
        var message = new TransformResourceOptions
        {
            CustomTimeouts = options.CustomTimeouts?.ToMessage(),
            DeletedWith = await UrnAsync(options.DeletedWith),
            PluginDownloadUrl = options.PluginDownloadURL ?? "",
            Provider = options.Provider is { } provider ? await provider.ReferenceAsync() : "",
            Version = options.Version ?? "",
            Hooks = options.HooksOrNone is { } hooks ? await hooks.ToMessageAsync() : null,
        };
        foreach (var alias in options.AliasesOrNone)
        {
            var data = await alias.ToOutput().Data;
            if (data.IsKnown)
            {
                message.Aliases.Add(await data.Value.ToMessageAsync());
            }
        }
        if (options.HasDependsOn)
        {
            message.DependsOn.AddRange(await UrnsAsync(options.DependsOn));
        }
        if (options.HasReplaceWith)
        {
            message.ReplaceWith.AddRange(await UrnsAsync(options.ReplaceWith));
        }
        message.IgnoreChanges.AddRange(options.IgnoreChangesOrNone);
        message.ReplaceOnChanges.AddRange(options.ReplaceOnChangesOrNone);
        message.HideDiff.AddRange(options.HideDiffsOrNone);
        if (options.Protect is { } protect)
        {
            message.Protect = protect;
        }
        if (options.RetainOnDelete is { } retain)
        {
            message.RetainOnDelete = retain;
        }
        if (options is CustomResourceOptions custom)
        {
            if (custom.DeleteBeforeReplace is { } first)
            {
                message.DeleteBeforeReplace = first;
            }
            message.AdditionalSecretOutputs.AddRange(custom.AdditionalSecretOutputsOrNone);
        }
        if (options is ComponentResourceOptions component)
        {
            foreach (var one in component.ProvidersOrNone)
            {
                message.Providers.Add(one.Package, await one.ReferenceAsync());
            }
        }
        return message;
    }

    private static DependencyResource? Reference(string urn) => urn.Length == 0 ? null : new DependencyResource(urn);

    private static async ValueTask<string> UrnAsync(Resource? resource) => resource is null ? "" : (await resource.Urn.Data).Value ?? "";

    /// <summary>The URNs of the resources as they are given, without looking into components.</summary>
    private static async ValueTask<IReadOnlyList<string>> UrnsAsync(InputList<Resource> resources)
    {
        var data = await resources.ToOutput().Data;
        var urns = new List<string>();
        if (!data.IsKnown)
        {
            return urns;
        }
        foreach (var resource in data.Value)
        {
            if (resource is not null)
            {
                urns.Add(await UrnAsync(resource));
            }
        }
        return urns;
    }
}
