namespace Rehearsal;

/// <summary>Something that was given cannot be used: a file, a setting, a passphrase, a program.</summary>
/// <param name="problem">What is wrong, in the words of who gave it, without any secret.</param>
/// <param name="fix">What to do about it; nothing when the problem says it.</param>
/// <param name="cause">What went wrong below, for <c>--verbose</c>.</param>
public sealed class BadInputException(string problem, string? fix = null, Exception? cause = null) : Exception(problem, cause)
{
    public string? Fix { get; } = fix;

    /// <summary>2 for a wrong command line or a stack file that cannot be read, as the CLI has it; 1 for the rest.</summary>
    public int ExitCode { get; init; } = 2;
}
