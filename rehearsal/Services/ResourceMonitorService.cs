using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Functions;
using Rehearsal.Graph;
using Rehearsal.Registration;

namespace Rehearsal.Services;

/// <summary>The service to which a program registers its resources (pulumi/pulumi, proto/pulumi/resource.proto, 3.270).</summary>
internal sealed class ResourceMonitorService
{
    private const string Service = "/pulumirpc.ResourceMonitor/";

    /// <summary>What it can do; transformations in the engine, hooks and parameterized packages need calls back into the program or plugins.</summary>
    private static readonly FrozenDictionary<string, ResourceMonitorFeature> Features = new Dictionary<string, ResourceMonitorFeature>(StringComparer.Ordinal)
    {
        ["secrets"] = ResourceMonitorFeature.Secrets,
        ["resourceReferences"] = ResourceMonitorFeature.ResourceReferences,
        ["outputValues"] = ResourceMonitorFeature.OutputValues,
        ["aliasSpecs"] = ResourceMonitorFeature.AliasSpecs,
        ["deletedWith"] = ResourceMonitorFeature.DeletedWith,
        ["replaceWith"] = ResourceMonitorFeature.ReplaceWith,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly EngineContext _context;
    private readonly PackageReferences _packages = new();
    private readonly Registrar _registrar;
    private readonly ResourceReader _reader;
    private readonly FunctionRegistry _functions;

    public ResourceMonitorService(EngineContext context)
    {
        _context = context;
        _registrar = new Registrar(context);
        _reader = new ResourceReader(context, _registrar.Providers);
        _functions = new FunctionRegistry(context, context.Schemas);
    }

    public IEnumerable<Verb> Verbs =>
    [
        Verb.Create(
            Service + "SupportsFeature", SupportsFeatureRequest.Parser,
            request => new SupportsFeatureResponse { HasSupport = Features.ContainsKey(request.Id) }),
        Verb.Create(Service + "GetDeploymentInfo", Empty.Parser, _ => GetDeploymentInfo(_context.Request)),
        Verb.Create(Service + "RegisterPackage", RegisterPackageRequest.Parser, RegisterPackage),
        Verb.Create(Service + "RegisterResource", RegisterResourceRequest.Parser, RegisterResource),
        Verb.Create(Service + "RegisterResourceOutputs", RegisterResourceOutputsRequest.Parser, RegisterResourceOutputs),
        Verb.Create(Service + "ReadResource", ReadResourceRequest.Parser, ReadResource),
        Verb.Create(Service + "Invoke", ResourceInvokeRequest.Parser, Invoke),
        Verb.Create(Service + "Call", ResourceCallRequest.Parser, Call),
        // All registrations are answered in the call that brings them, so their end needs no wait.
        Verb.Acknowledged(Service + "SignalAndWaitForShutdown"),
        Verb.Unsupported(Service + "RegisterStackTransform", "transformations in the engine"),
        Verb.Unsupported(Service + "RegisterStackInvokeTransform", "transformations in the engine"),
        Verb.Unsupported(Service + "RegisterResourceHook", "resource hooks"),
        Verb.Unsupported(Service + "RegisterErrorHook", "error hooks"),
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

    private RegisterResourceResponse RegisterResource(RegisterResourceRequest request)
    {
        if (request.Remote)
        {
            throw _context.Events.Refuse(
                $"'{request.Name}' ({request.Type}) is a remote component: its plugin would create its children, and this engine runs no plugins. "
                + "Use a component that is part of the program, or preview with the Pulumi CLI.");
        }
        var resource = _registrar.Register(_packages.Apply(ResourceMessages.Goal(request), request.PackageRef, _context.Events));
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

    // SDKs understand secrets in the answer to an invoke; there is no field by which they could say so.
    private ResourceInvokeResponse Invoke(ResourceInvokeRequest request) => _functions.Invoke(request.Tok, ResourceMessages.Decode(request.Args)) is { } answer
        ? new ResourceInvokeResponse { Return = ResourceMessages.Encode(answer, acceptSecrets: true, request.AcceptResources) }
        : new ResourceInvokeResponse { Return = new Struct(), Unknown = true };

    // A method of a remote component or a provider, which only a plugin could answer.
    private IMessage Call(ResourceCallRequest request)
        => throw _context.Events.Refuse($"the method '{request.Tok}' belongs to a plugin, and this engine runs none: preview with the Pulumi CLI");
}
