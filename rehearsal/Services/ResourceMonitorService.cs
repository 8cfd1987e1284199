using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal.Functions;
using Rehearsal.Graph;
using Rehearsal.Registration;

namespace Rehearsal.Services;

/// <summary>The service to which a program registers its resources (pulumi/pulumi, proto/pulumi/resource.proto, 3.270).</summary>
internal sealed class ResourceMonitorService
{
    private const string Service = "/pulumirpc.ResourceMonitor/";

    /// <summary>What it can do; parameterized packages need plugins.</summary>
    private static readonly FrozenDictionary<string, ResourceMonitorFeature> Features = new Dictionary<string, ResourceMonitorFeature>(StringComparer.Ordinal)
    {
        ["secrets"] = ResourceMonitorFeature.Secrets,
        ["resourceReferences"] = ResourceMonitorFeature.ResourceReferences,
        ["outputValues"] = ResourceMonitorFeature.OutputValues,
        ["aliasSpecs"] = ResourceMonitorFeature.AliasSpecs,
        ["deletedWith"] = ResourceMonitorFeature.DeletedWith,
        ["replaceWith"] = ResourceMonitorFeature.ReplaceWith,
        ["transforms"] = ResourceMonitorFeature.Transforms,
        ["invokeTransforms"] = ResourceMonitorFeature.InvokeTransforms,
        ["resourceHooks"] = ResourceMonitorFeature.ResourceHooks,
        ["errorHooks"] = ResourceMonitorFeature.ErrorHooks,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly EngineContext _context;
    private readonly PackageReferences _packages = new();
    private readonly Registrar _registrar;
    private readonly ResourceReader _reader;
    private readonly FunctionRegistry _functions;
    private readonly Transforms _transforms;

    public ResourceMonitorService(EngineContext context)
    {
        _context = context;
        _registrar = new Registrar(context);
        _reader = new ResourceReader(context, _registrar.Providers);
        _functions = new FunctionRegistry(context, context.Schemas, _registrar.Providers);
        _transforms = new Transforms(context);
    }

    public IEnumerable<Verb> Verbs =>
    [
        Verb.Create(
            Service + "SupportsFeature", SupportsFeatureRequest.Parser,
            request => new SupportsFeatureResponse { HasSupport = Features.ContainsKey(request.Id) }),
        Verb.Create(Service + "GetDeploymentInfo", Empty.Parser, _ => GetDeploymentInfo(_context.Request)),
        Verb.Create(Service + "RegisterPackage", RegisterPackageRequest.Parser, RegisterPackage),
        Verb.CreateAsync(Service + "RegisterResource", RegisterResourceRequest.Parser, RegisterResourceAsync),
        Verb.Create(Service + "RegisterResourceOutputs", RegisterResourceOutputsRequest.Parser, RegisterResourceOutputs),
        Verb.Create(Service + "ReadResource", ReadResourceRequest.Parser, ReadResource),
        Verb.CreateAsync(Service + "Invoke", ResourceInvokeRequest.Parser, async request => Invoke(await _transforms.ApplyAsync(request))),
        Verb.Create(Service + "Call", ResourceCallRequest.Parser, Call),
        Verb.CreateAsync(Service + "SignalAndWaitForShutdown", Empty.Parser, SignalAndWaitForShutdownAsync),
        Verb.Create(Service + "RegisterStackTransform", Callback.Parser, transform => Done(() => _transforms.AddToStack(transform))),
        Verb.Create(Service + "RegisterStackInvokeTransform", Callback.Parser, transform => Done(() => _transforms.AddToInvokes(transform))),
        Verb.Create(Service + "RegisterResourceHook", RegisterResourceHookRequest.Parser, hook => Done(() => _context.Hooks.Register(hook))),
        Verb.Create(Service + "RegisterErrorHook", RegisterErrorHookRequest.Parser, hook => Done(() => _context.Hooks.Register(hook))),
    ];

    private static DeploymentInfo GetDeploymentInfo(RehearsalRequest run) => new()
    {
        Project = run.Project,
        Stack = run.Stack,
        Organization = run.Organization,
        Config = { run.Config },
        ConfigSecretKeys = { run.SecretKeys },
        DryRun = run.IsPreview,
        Parallel = run.Parallel,
        SupportedFeatures = { Features.Values.Order() },
    };

    private RegisterPackageResponse RegisterPackage(RegisterPackageRequest request)
    {
        if (request.Parameterization is { } parameterization)
        {
            throw _context.Events.Refuse(
                $"the package '{parameterization.Name}' is made by the plugin '{request.Name}' from parameters, "
                + "and this engine runs no plugins: preview with the Pulumi CLI");
        }
        return new RegisterPackageResponse { Ref = _packages.Add(request.Version, request.DownloadUrl) };
    }

    private static Empty Done(Action work)
    {
        work();
        return new Empty();
    }

    // Without a transform everything is done on the thread that brought the request
    private ValueTask<IMessage> RegisterResourceAsync(RegisterResourceRequest request)
    {
        return _transforms.Of(request) is { IsEmpty: false } transforms ? TransformedAsync()
            : ValueTask.FromResult<IMessage>(RegisterResource(request, ResourceMessages.Goal(request)));

        async ValueTask<IMessage> TransformedAsync()
        {
            var transformed = await _transforms.ApplyAsync(request, transforms);
            return RegisterResource(request, ResourceMessages.Goal(transformed) with { ProviderSettled = true });
        }
    }

    private async ValueTask<IMessage> SignalAndWaitForShutdownAsync(Empty request)
    {
        if (!await _context.ProgramEnd.SignalAsync())
        {
            throw new GrpcException(GrpcStatus.Unknown, "Already waiting for shutdown");
        }
        return new Empty();
    }

    private RegisterResourceResponse RegisterResource(RegisterResourceRequest request, ResourceGoal goal)
    {
        if (request.Remote)
        {
            throw _context.Events.Refuse(
                $"'{request.Name}' ({request.Type}) is a remote component: its plugin would create its children, and this engine runs no plugins. "
                + "Use a component that is part of the program, or preview with the Pulumi CLI.");
        }
        if (request.EnvVarMappings.Count > 0)
        {
            throw _context.Events.Refuse(
                $"'{request.Name}' ({request.Type}) has envVarMappings ({string.Join(", ", request.EnvVarMappings.Keys.Order(StringComparer.Ordinal))}): "
                + "they set variables of the provider's plugin, and this engine runs no plugins. Take them out, or preview with the Pulumi CLI.");
        }
        var resource = _registrar.Register(_packages.Apply(goal, request.PackageRef, _context.Events));
        _transforms.Remember(resource.Urn, request);
        return new RegisterResourceResponse
        {
            Urn = resource.Urn.Value,
            Id = resource.State.Id ?? "",
            Result = resource.Skipped && request.SupportsResultReporting ? Result.Skip : Result.Success,
            Object = ResourceMessages.Encode(resource.State.Outputs, request.AcceptSecrets, request.AcceptResources),
        };
    }

    private Empty RegisterResourceOutputs(RegisterResourceOutputsRequest request)
    {
        _registrar.RegisterOutputs(Urn.Parse(request.Urn), ResourceMessages.Decode(request.Outputs));
        return new Empty();
    }

    private ReadResourceResponse ReadResource(ReadResourceRequest request)
    {
        var resource = _reader.Read(_packages.Apply(ResourceMessages.Goal(request), request.PackageRef, _context.Events), request.Id);
        return new ReadResourceResponse
        {
            Urn = resource.Urn.Value,
            Properties = ResourceMessages.Encode(resource.State.Outputs, request.AcceptSecrets, request.AcceptResources),
        };
    }

    // SDKs understand secrets and unknown values in the answer to an invoke; there is no field by which they could say so
    private ResourceInvokeResponse Invoke(ResourceInvokeRequest request)
    {
        var answer = _functions.Invoke(_packages.Apply(ResourceMessages.Goal(request), request.PackageRef, _context.Events));
        return new ResourceInvokeResponse
        {
            Return = ResourceMessages.Encode(answer, acceptSecrets: true, request.AcceptResources),
            Unknown = answer.ContainsUnknowns,
        };
    }

    // A method of a remote component or a provider, which only a plugin could answer.
    private IMessage Call(ResourceCallRequest request)
        => throw _context.Events.Refuse($"the method '{request.Tok}' belongs to a plugin, and this engine runs none: preview with the Pulumi CLI");
}
