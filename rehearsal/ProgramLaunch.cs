using System.Collections.Immutable;

namespace Rehearsal;

/// <summary>How to start a Pulumi program.</summary>
/// <param name="Command">The executable, found on the PATH or by its path.</param>
/// <param name="Arguments">Its arguments, one per element, unquoted.</param>
/// <param name="WorkingDirectory">The program's folder; also <c>PULUMI_PWD</c>.</param>
/// <param name="RootDirectory">The project's folder, where Pulumi.yaml is; also <c>PULUMI_ROOT_DIRECTORY</c>.</param>
public sealed record ProgramLaunch(string Command, ImmutableArray<string> Arguments, string WorkingDirectory, string RootDirectory)
{
    /// <summary>Variables added to those of this process; the engine's own <c>PULUMI_*</c> win over them.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;
}
