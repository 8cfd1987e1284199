using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Events;
using Rehearsal.Graph;

namespace Rehearsal.Services;

/// <summary>A program tells the operator something.</summary>
internal sealed class LogVerb(EventStream events) : Verb<LogRequest>(Methods.Log, LogRequest.Parser)
{
    protected override IMessage Answer(LogRequest request)
    {
        var urn = Urn.TryParse(request.Urn, out var about) ? about : null;
        events.Report(new Diagnostic(SeverityOf(request.Severity), request.Message, urn) { StreamId = request.StreamId, Ephemeral = request.Ephemeral });
        return new Empty();
    }

    private static DiagnosticSeverity SeverityOf(LogSeverity severity) => severity switch
    {
        LogSeverity.Debug => DiagnosticSeverity.Debug,
        LogSeverity.Warning => DiagnosticSeverity.Warning,
        LogSeverity.Error => DiagnosticSeverity.Error,
        _ => DiagnosticSeverity.Info,
    };
}
