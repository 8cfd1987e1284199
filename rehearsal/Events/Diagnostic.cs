using Rehearsal.Graph;

namespace Rehearsal.Events;

/// <summary>A message about the program or one of its resources, already free of secrets.</summary>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Message, Urn? Urn = null)
{
    /// <summary>Groups messages that belong together; 0 stands alone.</summary>
    public int StreamId { get; init; }

    /// <summary>Whether it matters only while the operation runs.</summary>
    public bool Ephemeral { get; init; }
}
