using System.Collections.Immutable;
using Rehearsal.StackFiles;

namespace Rehearsal;

/// <summary>Something that was given cannot be used: a file, a setting, a passphrase, a program.</summary>
/// <param name="problem">What is wrong, in the words of who gave it, without any secret.</param>
/// <param name="fix">What to do about it; nothing when the problem says it.</param>
/// <param name="cause">What went wrong below, for <c>--verbose</c>.</param>
public sealed class BadInputException(string problem, string? fix = null, Exception? cause = null) : Exception(problem, cause)
{
    /// <summary>Several things are wrong with files.</summary>
    /// <param name="problems">All of them; their own remedies stand with them.</param>
    /// <param name="fix">What to do about all of them.</param>
    /// <param name="cause">As above.</param>
    public BadInputException(IReadOnlyCollection<FileProblem> problems, string? fix = null, Exception? cause = null)
        : this(string.Join('\n', problems), fix, cause) => Problems = [.. problems];

    public string? Fix { get; } = fix;

    /// <summary>What is wrong with files of the operator's, one by one; empty when it is about none.</summary>
    public ImmutableArray<FileProblem> Problems { get; } = [];

    /// <summary>2 for a wrong command line or a stack file that cannot be read, as the CLI has it; 1 for the rest.</summary>
    public int ExitCode { get; init; } = 2;
}
