using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Execution;
using Rehearsal.Planning;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.Services;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Support;

/// <summary>An engine on a loopback port without a program: the test makes the program's calls.</summary>
internal sealed class EngineServer : IAsyncDisposable
{
    public const string Monitor = "/pulumirpc.ResourceMonitor/";
    public const string Engine = "/pulumirpc.Engine/";

    private readonly GrpcServer _server;
    private readonly EngineContext _context;
    private readonly List<string> _failures;

    private EngineServer(EngineContext context, GrpcServer server, List<string> failures) => (_context, _server, _failures) = (context, server, failures);

    public GrpcChannel Channel { get; private set; } = null!;

    public string Address => _server.Address;

    public string Root { get; private set; } = "";

    public Plan Plan => _context.Steps.Plan;

    public ImmutableArray<Diagnostic> Diagnostics => _context.Events.Diagnostics;

    public RecordingProgress Progress { get; private init; } = null!;

    public static async Task<EngineServer> StartAsync(
        Func<RehearsalRequest, RehearsalRequest>? change = null, SchemaStore? schemas = null, bool registersStack = true)
    {
        var request = new RehearsalRequest { Program = new ProgramLaunch("none", [], ".", "."), Project = "platform", Stack = "dev", Organization = "acme" };
        request = change?.Invoke(request) ?? request;
        var (progress, secrets) = (new RecordingProgress(), new SecretFilter());
        var events = new EventStream(progress, secrets);
        var context = new EngineContext(request, events, secrets, schemas ?? SchemaStore.Bundled);
        List<string> failures = [];
        var server = Verb.Server(context, (failure, _) => failures.Add(failure));
        await server.StartAsync(CancellationToken.None);
        var engine = new EngineServer(context, server, failures) { Channel = new GrpcChannel(server.Address), Progress = progress };
        if (registersStack)
        {
            engine.Root = (await engine.RegisterAsync("pulumi:pulumi:Stack", "platform-dev", resource => resource.Custom = false)).Urn;
        }
        return engine;
    }

    public Task<RegisterResourceResponse> RegisterAsync(string type, string name, Action<RegisterResourceRequest>? change = null)
    {
        var request = new RegisterResourceRequest
        { Type = type, Name = name, Parent = Root, Custom = true, Object = new Struct(), AcceptSecrets = true, AcceptResources = true };
        change?.Invoke(request);
        return CallAsync("RegisterResource", request, RegisterResourceResponse.Parser);
    }

    public Task<T> CallAsync<T>(string verb, IMessage request, MessageParser<T> parser)
        where T : IMessage<T> => Channel.CallAsync(Monitor + verb, request, parser);

    public async Task<PropertyMap> InvokeAsync(string token, PropertyMap arguments)
        => PropertyDecoder.Decode(
            (await CallAsync(
                "Invoke", new ResourceInvokeRequest { Tok = token, Args = PropertyEncoder.Encode(arguments) }, ResourceInvokeResponse.Parser)).Return);

    /// <summary>The state after what was done so far.</summary>
    public Checkpoint State => _context.Snapshot.Checkpoint(StateSecrets.Closed);

    /// <summary>What an engine does when the program has registered all it has.</summary>
    public void End()
    {
        var operations = new Operations(_context);
        operations.DeleteTheRest();
        operations.Finish();
    }

    public PlanStep Step(string name) => Plan.Steps.Single(step => step.Name == name);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _server.DisposeAsync();
        _context.Dispose();
        _failures.ShouldBeEmpty();
    }
}
