using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Protocol;
using Pulumirpc;

namespace Tests.Sdk.Core.Support;

/// <summary>
/// An engine that writes down what a program tells it. It echoes inputs; in an update every resource also has an id <c>NAME-id</c> and an output
/// <c>address</c>, in a preview neither. A resource called <c>refused</c> is refused. It calls back what a program registers: see <see cref="ProgramCalls"/>.
/// </summary>
internal sealed class RecordingEngine : IDisposable
{
    public const string Collection = "programs that run against an engine";

    private readonly RecordedRun _run = new();
    private readonly ProgramCalls _calls;
    private readonly bool _isPreview;
    private readonly HashSet<string> _lacks;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A feature that nothing has, whose absence says that the engine tells of features only when the program has failed.</summary>
    public const string AnswersLate = "answersLate";

    private RecordingEngine(bool isPreview, Action<Callback>? onCallback, IEnumerable<string> lacks)
    {
        _isPreview = isPreview;
        _lacks = [.. lacks];
        _calls = new ProgramCalls(_run, isPreview, onCallback);
    }

    /// <summary>Runs a program that <paramref name="program"/> starts, and tells what it sent.</summary>
    /// <param name="program">A call of one of the RunAsync overloads.</param>
    /// <param name="isPreview">Whether ids and computed outputs are unknown.</param>
    /// <param name="config">Configuration as the engine hands it over.</param>
    /// <param name="onCallback">Told of each function of the program before it is called back.</param>
    /// <param name="lacks">Features that the engine denies having.</param>
    public static Task<RecordedRun> RunAsync(
        Func<Task<int>> program,
        bool isPreview = false,
        string config = "{}",
        Action<Callback>? onCallback = null,
        params string[] lacks
    ) => RunAsync(program, Variables(isPreview, config), isPreview, onCallback, lacks);

    /// <summary>What the Pulumi CLI sets, but for the addresses.</summary>
    public static Dictionary<string, string> Variables(bool isPreview = false, string config = "{}") => new()
    {
        [ProgramVariables.Project] = "shop",
        [ProgramVariables.Stack] = "test",
        [ProgramVariables.Organization] = "acme",
        [ProgramVariables.Pwd] = "/shop",
        [ProgramVariables.RootDirectory] = "/shop",
        [ProgramVariables.DryRun] = isPreview ? "true" : "false",
        [ProgramVariables.QueryMode] = "false",
        [ProgramVariables.Parallel] = "4",
        [ProgramVariables.AttachDebugger] = "false",
        [ProgramVariables.Config] = config,
    };

    /// <summary>Runs a program in an environment of these variables and the addresses.</summary>
    public static async Task<RecordedRun> RunAsync(
        Func<Task<int>> program,
        IReadOnlyDictionary<string, string> environment,
        bool isPreview = false,
        Action<Callback>? onCallback = null,
        params string[] lacks)
    {
        using var engine = new RecordingEngine(isPreview, onCallback, lacks);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using var server = builder.Build();
        server.Run(engine.AnswerAsync);
        await server.StartAsync();
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;
        var variables = new Dictionary<string, string>(environment) { [ProgramVariables.Monitor] = address, [ProgramVariables.Engine] = address };
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
        try
        {
            engine._run.ExitCode = await program();
        }
        finally
        {
            foreach (var name in variables.Keys)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
        return engine._run;
    }

    public void Dispose() => _calls.Dispose();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Response.ContentType = "application/grpc";
        try
        {
            var answer = await AnswerAsync(http.Request.Path.Value!.Split('/')[^1], body.ToArray());
            await http.Response.Body.WriteAsync(Frame.Encode(answer));
            http.Response.AppendTrailer("grpc-status", "0");
        }
        catch (Exception e) when (e is InvalidOperationException or GrpcException)
        {
            http.Response.AppendTrailer("grpc-status", "2");
            http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(e.Message));
        }
    }

    private async Task<IMessage> AnswerAsync(string method, byte[] request)
    {
        switch (method)
        {
            case "RegisterResource": return await RegisterAsync(Frame.Decode(request, RegisterResourceRequest.Parser));
            case "Invoke": return await InvokeAsync(Frame.Decode(request, ResourceInvokeRequest.Parser));
            case "RegisterStackInvokeTransform": return _calls.Add(Frame.Decode(request, Callback.Parser));
            case "RegisterResourceHook": return _calls.Add(Frame.Decode(request, RegisterResourceHookRequest.Parser));
            case "RegisterErrorHook": return _calls.Add(Frame.Decode(request, RegisterErrorHookRequest.Parser));
            case "SupportsFeature" when _lacks.Contains(AnswersLate):
                await _failed.Task;
                return Answer(method, request);
            case "Log" when _lacks.Contains(AnswersLate):
                _failed.TrySetResult();
                // Time enough for the program to go on with what it knows now
                await Task.Delay(300);
                return Answer(method, request);
            case "SignalAndWaitForShutdown":
                await _calls.DeleteAsync();
                _run.IsShutDown = true;
                return new Empty();
            default:
                lock (_run)
                {
                    return Answer(method, request);
                }
        }
    }

    private IMessage Answer(string method, byte[] request)
    {
        switch (method)
        {
            case "SupportsFeature":
                return new SupportsFeatureResponse { HasSupport = !_lacks.Contains(Frame.Decode(request, SupportsFeatureRequest.Parser).Id) };
            case "ReadResource":
                return Read(Frame.Decode(request, ReadResourceRequest.Parser));
            case "RegisterResourceOutputs":
                var outputs = Frame.Decode(request, RegisterResourceOutputsRequest.Parser);
                _run.Outputs[outputs.Urn.Split("::")[^1]] = WireText.Of(outputs.Outputs);
                return new Empty();
            case "Log":
                var log = Frame.Decode(request, LogRequest.Parser);
                if (log.Severity == LogSeverity.Error)
                {
                    _run.Errors.Add(log.Message);
                }
                if (log.Severity == LogSeverity.Warning)
                {
                    _run.Warnings.Add(log.Message);
                }
                return new Empty();
            default: throw new InvalidOperationException($"no program here should call {method}");
        }
    }

    private async Task<RegisterResourceResponse> RegisterAsync(RegisterResourceRequest request)
    {
        if (request.Name == "refused")
        {
            throw new InvalidOperationException("the engine refuses it");
        }
        var urn = UrnOf(request.Parent, request.Type, request.Name);
        await _calls.TransformAsync(request, urn);
        lock (_run)
        {
            _run.Registrations.Add(request);
        }
        var id = _isPreview || !request.Custom ? "" : $"{request.Name}-id";
        var state = State(request.Object, request.Name, request.Custom);
        await _calls.OperateAsync(request, urn, id, state);
        return new RegisterResourceResponse { Urn = urn, Id = id, Object = state };
    }

    private ReadResourceResponse Read(ReadResourceRequest request)
    {
        _run.Reads.Add(request);
        return new ReadResourceResponse
        {
            Urn = UrnOf(request.Parent, request.Type, request.Name),
            Properties = State(request.Properties, request.Name, isCustom: true),
        };
    }

    private async Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request)
    {
        if (request.Tok != "pulumi:pulumi:getResource")
        {
            await _calls.TransformAsync(request);
        }
        lock (_run)
        {
            _run.Invokes.Add(request);
            if (request.Tok != "pulumi:pulumi:getResource")
            {
                return new ResourceInvokeResponse { Return = request.Args };
            }
            var urn = request.Args.Fields["urn"].StringValue;
            var state = _run.Registration(urn.Split("::")[^1]).Object;
            return new ResourceInvokeResponse
            {
                Return = new Struct
                {
                    Fields =
                    {
                        ["urn"] = Value.ForString(urn),
                        ["id"] = Value.ForString("known-id"),
                        ["state"] = Value.ForStruct(state),
                    },
                },
            };
        }
    }

    private Struct State(Struct inputs, string name, bool isCustom)
    {
        var state = inputs.Clone();
        if (!_isPreview && isCustom)
        {
            state.Fields["address"] = Value.ForString($"{name}.test");
        }
        return state;
    }

    private static string UrnOf(string parent, string type, string name)
    {
        var above = parent.Length == 0 ? "" : parent.Split("::")[2];
        return $"urn:pulumi:test::shop::{(above is "" or "pulumi:pulumi:Stack" ? "" : above + "$")}{type}::{name}";
    }
}

/// <summary>The programs find their engine through environment variables, so they run one after the other and beside no other test.</summary>
[CollectionDefinition(RecordingEngine.Collection, DisableParallelization = true)]
public sealed class EngineCollection;
