using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumirpc;
using Rehearsal.Graph;
using Rehearsal.Programs;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Services;

/// <summary>Has the program's own functions change what it registers and invokes before the engine looks at it, as Pulumi's engine does (pulumi/pulumi
/// pkg/resource/deploy/source_eval.go, 3.x).</summary>
internal sealed class Transforms(EngineContext context)
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Callback>> _own = new(StringComparer.Ordinal);
    private ImmutableArray<Callback> _stack = [];
    private ImmutableArray<Callback> _invokes = [];

    /// <summary>Adds a transform of every resource that is registered from now on.</summary>
    public void AddToStack(Callback transform)
        => ImmutableInterlocked.Update(ref _stack, static (all, one) => all.Add(one), ProgramCallbacks.Checked(transform));

    /// <summary>Adds a transform of every function that is invoked from now on.</summary>
    public void AddToInvokes(Callback transform)
        => ImmutableInterlocked.Update(ref _invokes, static (all, one) => all.Add(one), ProgramCallbacks.Checked(transform));

    /// <summary>Remembers the transforms of a resource for those below it.</summary>
    public void Remember(Urn urn, RegisterResourceRequest request)
    {
        if (request.Transforms.Count > 0)
        {
            _own[urn.Value] = [.. request.Transforms];
        }
    }

    /// <summary>The transforms of a resource in their order: its own, those of its ancestors from the nearest on, those of the stack.</summary>
    public ImmutableArray<Callback> Of(RegisterResourceRequest request)
    {
        if (request.Transforms.Count == 0 && _stack.IsEmpty && _own.IsEmpty)
        {
            return [];
        }
        var all = request.Transforms.Select(ProgramCallbacks.Checked).ToImmutableArray();
        for (var ancestor = request.Parent.Length == 0 ? null : Urn.Parse(request.Parent); ancestor is not null;
            ancestor = context.Graph.Find(ancestor)?.State.Parent)
        {
            all = all.AddRange(_own.GetValueOrDefault(ancestor.Value, []));
        }
        return all.AddRange(_stack);
    }

    /// <summary>What is registered when every transform has changed it.</summary>
    /// <exception cref="Protocol.GrpcException">One of them threw; its message is the program's own.</exception>
    public async Task<RegisterResourceRequest> ApplyAsync(RegisterResourceRequest request, ImmutableArray<Callback> transforms)
    {
        // What the transforms say about secrets is told at once
        context.Secrets.Learn(ResourceMessages.Decode(request.Object));
        var properties = TransformedProperties.Of(request);
        var options = TransformedOptions.Of(request, Provider(request));
        foreach (var transform in transforms)
        {
            var asked = new TransformRequest
            {
                Type = request.Type,
                Name = request.Name,
                Custom = request.Custom,
                Parent = request.Parent,
                Properties = PropertyEncoder.Encode(properties),
                Options = options,
            };
            var answer = await context.Callbacks.CallAsync(transform, asked, TransformResponse.Parser, context.Ended.Token);
            properties = answer.Properties is { } changed ? PropertyDecoder.Decode(changed) : properties;
            options = answer.Options ?? options;
        }
        var result = request.Clone();
        TransformedOptions.Write(options, result);
        TransformedProperties.Write(properties, result);
        return result;
    }

    /// <summary>What is invoked when every transform has changed it.</summary>
    /// <exception cref="Protocol.GrpcException">One of them threw; its message is the program's own.</exception>
    public async ValueTask<ResourceInvokeRequest> ApplyAsync(ResourceInvokeRequest request)
    {
        foreach (var transform in _invokes)
        {
            var asked = new TransformInvokeRequest
            {
                Token = request.Tok,
                Args = request.Args,
                Options = new TransformInvokeOptions { Provider = request.Provider, Version = request.Version, PluginDownloadUrl = request.PluginDownloadURL },
            };
            asked.Options.PluginChecksums.Add(request.PluginChecksums);
            var answer = await context.Callbacks.CallAsync(transform, asked, TransformInvokeResponse.Parser, context.Ended.Token);
            request = request.Clone();
            request.Args = answer.Args ?? request.Args;
            if (answer.Options is { } options)
            {
                (request.Provider, request.Version, request.PluginDownloadURL) = (options.Provider, options.Version, options.PluginDownloadUrl);
                request.PluginChecksums.Clear();
                request.PluginChecksums.Add(options.PluginChecksums);
            }
        }
        return request;
    }

    // Transforms see the provider that the resource would inherit, so that they can tell whose it is
    private string Provider(RegisterResourceRequest request)
    {
        if (request.Provider.Length > 0 || !request.Custom)
        {
            return request.Provider;
        }
        var package = request.Type.Split(':', 2)[0];
        return request.Providers.TryGetValue(package, out var given) ? given
            : Urn.TryParse(request.Parent, out var parent) ? context.Graph.Find(parent)?.Providers.GetValueOrDefault(package, "") ?? "" : "";
    }
}

/// <summary>A resource's properties as they travel to a transform: secrets, unknown values and what depends on other resources as outputs.</summary>
internal static class TransformedProperties
{
    public static PropertyMap Of(RegisterResourceRequest request)
    {
        var properties = PropertyDecoder.Decode(request.Object).Select(AsOutput);
        foreach (var key in properties.Keys.ToArray())
        {
            // SDKs that know no dependencies of single properties mean all of them
            var urns = request.PropertyDependencies.Count == 0 ? request.Dependencies
                : request.PropertyDependencies.TryGetValue(key, out var own) ? own.Urns_ : [];
            var present = Dependencies(properties[key]).ToHashSet(StringComparer.Ordinal);
            if (urns.All(present.Contains))
            {
                continue;
            }
            var output = properties[key] as OutputProperty ?? new OutputProperty(properties[key], Secret: false, []);
            properties = properties.With(key, output with { Dependencies = [.. output.Dependencies.Union(urns, StringComparer.Ordinal)] });
        }
        return properties;
    }

    /// <summary>Puts the properties and what they depend on into a registration.</summary>
    public static void Write(PropertyMap properties, RegisterResourceRequest request)
    {
        request.Object = PropertyEncoder.Encode(properties);
        request.PropertyDependencies.Clear();
        foreach (var (key, value) in properties)
        {
            request.PropertyDependencies[key] = new Urns { Urns_ = { Dependencies(value).Distinct(StringComparer.Ordinal) } };
        }
        string[] all = [.. request.Dependencies.Concat(properties.Values.SelectMany(Dependencies)).Distinct(StringComparer.Ordinal)];
        request.Dependencies.Clear();
        request.Dependencies.AddRange(all);
    }

    private static PropertyValue AsOutput(PropertyValue value) => value switch
    {
        UnknownProperty => new OutputProperty(null, Secret: false, []),
        SecretProperty secret => AsOutput(secret.Value) is var inner && inner is OutputProperty output ? output with { Secret = true }
            : new OutputProperty(inner, Secret: true, []),
        OutputProperty { Value: { } inner } output => output with { Value = AsOutput(inner) },
        ListProperty list => new ListProperty([.. list.Items.Select(AsOutput)]),
        ObjectProperty map => new ObjectProperty(map.Properties.Select(AsOutput)),
        _ => value,
    };

    private static IEnumerable<string> Dependencies(PropertyValue value) => value switch
    {
        OutputProperty output => output.Value is { } inner ? output.Dependencies.Concat(Dependencies(inner)) : output.Dependencies,
        SecretProperty secret => Dependencies(secret.Value),
        ListProperty list => list.Items.SelectMany(Dependencies),
        ObjectProperty map => map.Properties.Values.SelectMany(Dependencies),
        _ => [],
    };
}

/// <summary>A resource's options as they travel to a transform and back.</summary>
internal static class TransformedOptions
{
    public static TransformResourceOptions Of(RegisterResourceRequest request, string provider)
    {
        var options = new TransformResourceOptions
        {
            DependsOn = { request.Dependencies },
            IgnoreChanges = { request.IgnoreChanges },
            ReplaceOnChanges = { request.ReplaceOnChanges },
            Version = request.Version,
            Aliases = { request.AliasURNs.Select(urn => new Alias { Urn = urn }), request.Aliases },
            Provider = provider,
            CustomTimeouts = request.CustomTimeouts,
            PluginDownloadUrl = request.PluginDownloadURL,
            DeletedWith = request.DeletedWith,
            AdditionalSecretOutputs = { request.AdditionalSecretOutputs },
            Providers = { request.Providers },
            PluginChecksums = { request.PluginChecksums },
            Hooks = request.Hooks,
            Import = request.ImportId,
            HideDiff = { request.HideDiffs },
            ReplaceWith = { request.ReplaceWith },
            ReplacementTrigger = request.ReplacementTrigger,
        };
        if (request.HasProtect)
        {
            options.Protect = request.Protect;
        }
        if (request.HasRetainOnDelete)
        {
            options.RetainOnDelete = request.RetainOnDelete;
        }
        // The Go SDK says no more than `true`
        if (request.DeleteBeforeReplaceDefined || request.DeleteBeforeReplace)
        {
            options.DeleteBeforeReplace = request.DeleteBeforeReplace;
        }
        return options;
    }

    public static void Write(TransformResourceOptions options, RegisterResourceRequest request)
    {
        Set(request.Dependencies, options.DependsOn);
        Set(request.IgnoreChanges, options.IgnoreChanges);
        Set(request.ReplaceOnChanges, options.ReplaceOnChanges);
        Set(request.AdditionalSecretOutputs, options.AdditionalSecretOutputs);
        Set(request.HideDiffs, options.HideDiff);
        Set(request.ReplaceWith, options.ReplaceWith);
        Set(request.Aliases, options.Aliases);
        request.AliasURNs.Clear();
        request.Providers.Clear();
        request.Providers.Add(options.Providers);
        request.PluginChecksums.Clear();
        request.PluginChecksums.Add(options.PluginChecksums);
        (request.Version, request.PluginDownloadURL, request.Provider) = (options.Version, options.PluginDownloadUrl, options.Provider);
        (request.CustomTimeouts, request.Hooks, request.ReplacementTrigger) = (options.CustomTimeouts, options.Hooks, options.ReplacementTrigger);
        (request.DeletedWith, request.ImportId) = (options.DeletedWith, options.Import);
        request.ClearProtect();
        request.ClearRetainOnDelete();
        if (options.HasProtect)
        {
            request.Protect = options.Protect;
        }
        if (options.HasRetainOnDelete)
        {
            request.RetainOnDelete = options.RetainOnDelete;
        }
        (request.DeleteBeforeReplaceDefined, request.DeleteBeforeReplace) = (options.HasDeleteBeforeReplace, options.DeleteBeforeReplace);
    }

    private static void Set<T>(Google.Protobuf.Collections.RepeatedField<T> field, IEnumerable<T> values)
    {
        T[] all = [.. values];
        field.Clear();
        field.AddRange(all);
    }
}
