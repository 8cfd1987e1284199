using Rehearsal;
using Rehearsal.Events;

namespace Tests.Support;

/// <summary>What a run has to complain of.</summary>
internal static class Complaints
{
    /// <summary>The messages of severity warning and above; below, the official SDK alone says thousands of things.</summary>
    public static IReadOnlyList<string> Of(RehearsalResult result) =>
        [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.Message)];
}
