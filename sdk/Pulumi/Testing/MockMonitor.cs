using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi.Testing;

/// <summary>Answers a program under test with what its mocks say.</summary>
internal sealed class MockMonitor(IMocks mocks, DeploymentSettings settings) : IMonitor
{
    private readonly List<Resource> _resources = [];
    private readonly ConcurrentDictionary<string, Struct> _states = new(StringComparer.Ordinal);

    public ImmutableArray<Resource> Resources
    {
        get
        {
            lock (_resources)
            {
                return [.. _resources];
            }
        }
    }

    public Task<bool> SupportsFeatureAsync(string feature) => Task.FromResult(feature != Feature.OutputValues);

    public async Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request)
    {
        lock (_resources)
        {
            _resources.Add(resource);
        }
        var urn = UrnOf(request.Parent, request.Type, request.Name);
        if (request.Type == Stack.RootType)
        {
            return new RegisterResourceResponse { Urn = urn, Object = new Struct() };
        }
        var (id, state) = await mocks.NewResourceAsync(
            new MockResourceArgs
            {
                Type = request.Type,
                Name = request.Name,
                Inputs = Plain(request.Object),
                Provider = request.Provider,
                Id = request.ImportId,
            });
        var properties = await StateAsync(state);
        Remember(urn, id ?? request.ImportId, properties);
        return new RegisterResourceResponse { Urn = urn, Id = id ?? request.ImportId, Object = properties };
    }

    public async Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request)
    {
        var (id, state) = await mocks.NewResourceAsync(
            new MockResourceArgs
            {
                Type = request.Type,
                Name = request.Name,
                Inputs = Plain(request.Properties),
                Provider = request.Provider,
                Id = request.Id,
            });
        var urn = UrnOf(request.Parent, request.Type, request.Name);
        var properties = await StateAsync(state);
        Remember(urn, id ?? request.Id, properties);
        lock (_resources)
        {
            _resources.Add(resource);
        }
        return new ReadResourceResponse { Urn = urn, Properties = properties };
    }

    public Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request) => mocks.RegisterResourceOutputs(new MockRegisterResourceOutputsRequest(
        request.Urn, request.Outputs.Fields.ToImmutableDictionary(field => field.Key, field => new Output<object?>(PropertyReader.Read(field.Value)))));

    public async Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request)
    {
        var args = Plain(request.Args);
        if (request.Tok == Deployment.GetResourceToken)
        {
            var urn = (string)args[WireFields.Urn];
            return new ResourceInvokeResponse
            {
                Return = _states.TryGetValue(urn, out var known) ? known : throw new InvalidOperationException($"Unknown resource {urn}"),
            };
        }
        var answer = await mocks.CallAsync(new MockCallArgs { Token = request.Tok, Args = args, Provider = request.Provider });
        return new ResourceInvokeResponse { Return = await StateAsync(answer) };
    }

    public async Task<CallResponse> CallAsync(ResourceCallRequest request)
    {
        var answer = await mocks.CallAsync(new MockCallArgs { Token = request.Tok, Args = Plain(request.Args), Provider = request.Provider });
        return new CallResponse { Return = await StateAsync(answer) };
    }

    public Task<string> RegisterPackageAsync(Pulumirpc.RegisterPackageRequest request) => Task.FromResult($"{request.Name}-{request.Version}");

    // Mocks call nothing back
    public Task RegisterStackInvokeTransformAsync(Callback callback) => Task.CompletedTask;

    public Task RegisterResourceHookAsync(RegisterResourceHookRequest request) => Task.CompletedTask;

    public Task RegisterErrorHookAsync(RegisterErrorHookRequest request) => Task.CompletedTask;

    public Task SignalAndWaitForShutdownAsync() => Task.CompletedTask;

    private static ImmutableDictionary<string, object> Plain(Struct values)
    {
        var plain = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (var (key, value) in values.Fields)
        {
            // An unknown has no value that a mock could see
            if (PropertyReader.Read(value) is { IsKnown: true, Value: { } read })
            {
                plain[key] = read;
            }
        }
        return plain.ToImmutable();
    }

    private static async Task<Struct> StateAsync(object state)
    {
        try
        {
            var writer = new PropertyWriter(keepResources: true, keepOutputValues: false);
            var written = await writer.WriteAsync(state is IDictionary<string, object> map ? map.ToImmutableDictionary() : state);
            return written.StructValue ?? throw new InvalidOperationException($"{state.GetType().FullName} is not a supported argument type");
        }
        catch (UnfitValueException e)
        {
            throw e.At("");
        }
    }

    private void Remember(string urn, string id, Struct properties) => _states[urn] = new Struct
    {
        Fields = { ["urn"] = Value.ForString(urn), ["id"] = Value.ForString(id), ["state"] = Value.ForStruct(properties) },
    };

    private string UrnOf(string parent, string type, string name)
    {
        // Of the types above only the first stays, the stack's included: the official mocks do the same
        var prefix = parent.Length == 0 ? "" : parent.Split("::")[2].Split('$')[0] + "$";
        return $"urn:pulumi:{settings.Stack}::{settings.Project}::{prefix}{type}::{name}";
    }
}

/// <summary>Keeps the errors that a program under test reports.</summary>
internal sealed class MockEngine : IEngine
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    public Task LogAsync(LogRequest request)
    {
        if (request.Severity != LogSeverity.Error)
        {
            return Task.CompletedTask;
        }
        lock (_errors)
        {
            _errors.Add(request.Message);
        }
        return Task.CompletedTask;
    }
}
