namespace Rehearsal;

/// <summary>How a rehearsal ended.</summary>
public enum RehearsalOutcome
{
    Succeeded,

    /// <summary>The program or what it sent is at fault; the diagnostics say where (exit code 2).</summary>
    ProgramFailed,

    /// <summary>The engine itself failed (exit code 1).</summary>
    EngineFailed,

    /// <summary>The operator ended it (exit code 130).</summary>
    Cancelled,
}
