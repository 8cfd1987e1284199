namespace Rehearsal.Events;

/// <summary>How much a diagnostic matters; in Pulumi's JSON the lower-case name, and <c>info#err</c> for <see cref="InfoError"/>.</summary>
public enum DiagnosticSeverity
{
    Debug,

    /// <summary>A message, or a line of the program's standard output.</summary>
    Info,

    /// <summary>A line of the program's standard error.</summary>
    InfoError,
    Warning,

    /// <summary>What makes the operation fail.</summary>
    Error,
}
