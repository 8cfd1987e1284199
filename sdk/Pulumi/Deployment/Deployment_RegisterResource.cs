using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    private async Task<ResourceAnswer> RegisterAsync(
        Resource resource, KeyValuePair<string, object?>[] members, ResourceOptions options, RegisterPackageRequest? package)
    {
        var references = await SupportsAsync(Feature.ResourceReferences);
        var explicitly = await ExplicitDependenciesAsync(options.HasDependsOn ? options.DependsOn : null);
        var keepOutputValues = resource.IsRemote && await SupportsAsync(Feature.OutputValues);
        await PendingInputs.AwaitAsync(members);
        var written = await WriteInputsAsync(resource, members, references, keepOutputValues, skipReferenced: resource.IsRemote && references);
        // Made when the inputs are there: thousands of resources may wait for others at once
        var request = new RegisterResourceRequest
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Custom = resource.IsCustom,
            Remote = resource.IsRemote,
            Object = written.Values,
            Parent = resource is Stack ? "" : await UrnAsync(options.Parent ?? StackOrNone),
        };
        await AddProvidersAsync(request, resource, options);
        await AddDependenciesAsync(request, explicitly, written);
        await AddAliasesAsync(request, resource, options);
        await AddTransformsAsync(request, options);
        if (options.HooksOrNone is { } hooks)
        {
            request.Hooks = await hooks.ToMessageAsync();
        }
        AddOptions(request, options);
        if (options is CustomResourceOptions custom)
        {
            AddCustomOptions(request, custom);
        }
        await AddReplacementsAsync(request, options);
        if (options.ReplacementTrigger is { } trigger)
        {
            request.ReplacementTrigger = await new PropertyWriter(references, keepOutputValues: false).WriteAsync(trigger);
        }
        request.AcceptSecrets = true;
        request.AcceptResources = AcceptsResources;
        request.SupportsResultReporting = true;
        if (package is not null)
        {
            request.PackageRef = await PackageReferenceAsync(package);
        }
        var sent = Monitor.RegisterResourceAsync(resource, request);
        // What is sent as bytes is not kept besides: thousands of resources wait for their answers at once
        (request, written, members, options) = (null!, null!, null!, null!);
        return ResourceAnswer.Of(await sent);
    }

    private static void AddOptions(RegisterResourceRequest request, ResourceOptions options)
    {
        if (options.Protect is { } protect)
        {
            request.Protect = protect;
        }
        if (options.RetainOnDelete is { } retain)
        {
            request.RetainOnDelete = retain;
        }
        request.Version = options.Version ?? "";
        request.PluginDownloadURL = options.PluginDownloadURL ?? "";
        request.IgnoreChanges.AddRange(options.IgnoreChangesOrNone);
        request.HideDiffs.AddRange(options.HideDiffsOrNone);
        if (options.CustomTimeouts is { } timeouts)
        {
            request.CustomTimeouts = timeouts.ToMessage();
        }
    }

    private static void AddCustomOptions(RegisterResourceRequest request, CustomResourceOptions options)
    {
        request.ImportId = options.ImportId ?? "";
        request.DeleteBeforeReplace = options.DeleteBeforeReplace ?? false;
        request.DeleteBeforeReplaceDefined = options.DeleteBeforeReplace.HasValue;
        request.AdditionalSecretOutputs.AddRange(options.AdditionalSecretOutputsOrNone);
        request.ReplaceOnChanges.AddRange(options.ReplaceOnChangesOrNone);
        foreach (var (name, variable) in options.EnvVarMappingsOrNone)
        {
            request.EnvVarMappings[name] = variable;
        }
    }

    private async ValueTask AddReplacementsAsync(RegisterResourceRequest request, ResourceOptions options)
    {
        if (options.DeletedWith is { } deletedWith)
        {
            if (!await SupportsAsync(Feature.DeletedWith))
            {
                throw new InvalidOperationException("The Pulumi CLI does not support the DeletedWith option. Please update the Pulumi CLI.");
            }
            request.DeletedWith = await UrnAsync(deletedWith);
        }
        if (!options.HasReplaceWith)
        {
            return;
        }
        var others = await ExplicitDependenciesAsync(options.ReplaceWith);
        if (others.IsEmpty)
        {
            return;
        }
        if (!await SupportsAsync(Feature.ReplaceWith))
        {
            throw new InvalidOperationException("The Pulumi CLI does not support the ReplaceWith option. Please update the Pulumi CLI.");
        }
        request.ReplaceWith.AddRange(await DependencyUrns.OfAsync(others));
    }

    private static async ValueTask AddProvidersAsync(RegisterResourceRequest request, Resource resource, ResourceOptions options)
    {
        if (resource.IsCustom)
        {
            if (options.Provider is { } provider)
            {
                request.Provider = await provider.ReferenceAsync();
            }
        }
        else if (resource.IsRemote && options is ComponentResourceOptions component)
        {
            var providers = component.Provider is { } only ? [only] : component.ProvidersOrNone;
            foreach (var provider in providers)
            {
                request.Providers.Add(provider.Package, await provider.ReferenceAsync());
            }
        }
    }

    private static async ValueTask AddDependenciesAsync(RegisterResourceRequest request, ResourceSet explicitly, WrittenArgs written)
    {
        HashSet<string>? all = explicitly.IsEmpty ? null : new(await DependencyUrns.OfAsync(explicitly), StringComparer.Ordinal);
        foreach (var name in written.Values.Fields.Keys)
        {
            var urns = new Urns();
            if (written.DependenciesOf(name) is { IsEmpty: false } resources)
            {
                urns.Urns_.AddRange(await DependencyUrns.OfAsync(resources));
                (all ??= new(StringComparer.Ordinal)).UnionWith(urns.Urns_);
            }
            request.PropertyDependencies.Add(name, urns);
        }
        if (all is not null)
        {
            request.Dependencies.AddRange(all);
        }
    }

    private async Task<string> PackageReferenceAsync(RegisterPackageRequest package)
    {
        if (!await SupportsAsync(Feature.Parameterization))
        {
            throw new InvalidOperationException("The Pulumi CLI does not support package references. Please update the Pulumi CLI.");
        }
        var key = $"{package.Name}@{package.Version}@{package.Parameterization?.Name}@{package.Parameterization?.Version}";
        return await _packages.GetOrAdd(key, static (_, at) => at.Monitor.RegisterPackageAsync(at.Package.ToMessage()), (Monitor: _monitor, Package: package));
    }

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
