namespace Rehearsal.Programs;

/// <summary>What the end of a program means, as Pulumi's language hosts read it.</summary>
internal static class ProgramExit
{
    /// <summary>The program has told the engine what went wrong, through its log.</summary>
    private const int AlreadyReported = 32;

    /// <summary>What to tell the operator, or null when all is well or already told.</summary>
    /// <param name="exitCode">How the process ended.</param>
    /// <param name="stackRegistered">Whether the stack's own resource came.</param>
    /// <param name="stackCompleted">Whether its outputs came, which every SDK sends last.</param>
    /// <param name="errorsReported">Whether the operator has seen an error.</param>
    public static string? Problem(int exitCode, bool stackRegistered, bool stackCompleted, bool errorsReported) => exitCode switch
    {
        _ when errorsReported => null,
        0 when !stackRegistered => "the program ended without registering a stack: it is no Pulumi program, or it ended before its first call (exit code 0)",
        0 when !stackCompleted => "the program ended before it registered the stack's outputs (exit code 0): something in it ends the process, for example Environment.Exit",
        0 => null,
        AlreadyReported => "the program ended with exit code 32, by which it says that it reported an error, but none came",
        > 128 and < 160 => $"the program was ended by signal {exitCode - 128} (exit code {exitCode})",
        _ => $"the program ended with exit code {exitCode} and no error message through the engine; its own output is above",
    };
}
