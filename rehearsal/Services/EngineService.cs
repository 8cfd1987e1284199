using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Registration;

namespace Rehearsal.Services;

/// <summary>The service through which a program speaks to the operator and learns of the stack (pulumi/pulumi, proto/pulumi/engine.proto, 3.270).</summary>
internal sealed class EngineService(EngineContext context)
{
    private const string Service = "/pulumirpc.Engine/";

    public IEnumerable<Verb> Verbs =>
    [
        Verb.Create(Service + "Log", LogRequest.Parser, Log),
        Verb.Create(Service + "GetRootResource", Empty.Parser, _ => new GetRootResourceResponse { Urn = context.Graph.Root?.Urn.Value ?? "" }),
        Verb.Create(Service + "SetRootResource", SetRootResourceRequest.Parser, SetRootResource),
        Verb.Create(Service + "RequirePulumiVersion", RequirePulumiVersionRequest.Parser, RequirePulumiVersion),
        Verb.Acknowledged(Service + "StartDebugging"),
    ];

    private Empty Log(LogRequest request)
    {
        var severity = request.Severity switch
        {
            LogSeverity.Debug => DiagnosticSeverity.Debug,
            LogSeverity.Warning => DiagnosticSeverity.Warning,
            LogSeverity.Error => DiagnosticSeverity.Error,
            _ => DiagnosticSeverity.Info,
        };
        var urn = Urn.TryParse(request.Urn, out var about) ? about : null;
        context.Events.Report(new Diagnostic(severity, request.Message, urn) { StreamId = request.StreamId, Ephemeral = request.Ephemeral });
        return new Empty();
    }

    // The engine knows the stack's own resource by its type already.
    private Empty SetRootResource(SetRootResourceRequest request) => context.Graph.Root?.Urn == Urn.Parse(request.Urn)
        ? new Empty()
        : throw context.Events.Refuse(
            $"'{request.Urn}' cannot be the root: {(context.Graph.Root is { } root ? $"'{root.Urn}' is" : "no stack is registered")}");

    // This engine has no version of the CLI, so it says what was not checked.
    private Empty RequirePulumiVersion(RequirePulumiVersionRequest request)
    {
        context.Events.Warning($"the program requires a Pulumi CLI of version {request.PulumiVersionRange}; a rehearsal cannot check that");
        return new Empty();
    }
}
