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
        if (context.Ended.IsCancellationRequested)
        {
            return new Empty();
        }
        context.Events.Report(new Diagnostic(severity, request.Message, urn) { StreamId = request.StreamId, Ephemeral = request.Ephemeral });
        return new Empty();
    }

    // The engine knows the stack's own resource by its type already.
    private Empty SetRootResource(SetRootResourceRequest request) => context.Graph.Root?.Urn == Urn.Parse(request.Urn)
        ? new Empty()
        : throw context.Events.Refuse(
            $"'{request.Urn}' cannot be the root: {(context.Graph.Root is { } root ? $"'{root.Urn}' is" : "no stack is registered")}");

    private Empty RequirePulumiVersion(RequirePulumiVersionRequest request)
    {
        if (!CliVersions.Rehearsed.IsIn(request.PulumiVersionRange))
        {
            throw context.Events.Refuse(
                $"the program requires a Pulumi CLI of version '{request.PulumiVersionRange}', and this rehearses what {CliVersions.Rehearsed} does");
        }
        return new Empty();
    }
}

/// <summary>Versions of the Pulumi CLI and the ranges that programs ask for.</summary>
internal static class CliVersions
{
    /// <summary>The version whose engine this one follows, step by step.</summary>
    public static readonly Version Rehearsed = new(3, 274, 1);

    // Longer ones first: ">=" starts with ">"
    private static readonly string[] Operators = [">=", "<=", "==", "!=", ">", "<", "=", "!"];

    /// <summary>Whether a version is in a range such as <c>&gt;=3.208.0 !3.210.0 || &gt;=4.0.0</c>; not in one that cannot be read.</summary>
    public static bool IsIn(this Version version, string range) => range.Split("||").Any(alternative =>
        alternative.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } terms
        && Array.TrueForAll(terms, term => Satisfies(version, term)));

    private static bool Satisfies(Version version, string term)
    {
        var relation = Array.Find(Operators, text => term.StartsWith(text, StringComparison.Ordinal)) ?? "";
        if (!Version.TryParse(term[relation.Length..], out var bound) || bound.Build < 0 || bound.Revision >= 0)
        {
            return false;
        }
        var order = version.CompareTo(bound);
        return relation switch
        {
            ">=" => order >= 0,
            "<=" => order <= 0,
            ">" => order > 0,
            "<" => order < 0,
            "!=" or "!" => order != 0,
            _ => order == 0,
        };
    }
}
