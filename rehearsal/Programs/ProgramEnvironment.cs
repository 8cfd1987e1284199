using Protocol;
using Rehearsal.Wire;

namespace Rehearsal.Programs;

/// <summary>Gives each of <see cref="ProgramVariables"/> its value for one run.</summary>
internal static class ProgramEnvironment
{
    private const string Prefix = "PULUMI_";

    // The Node SDK's runner takes these in place of its own command-line flags.
    private static readonly string[] NodeNames =
    [
        ProgramVariables.Monitor, ProgramVariables.Engine, ProgramVariables.Project, ProgramVariables.Stack, ProgramVariables.Organization,
        ProgramVariables.DryRun,
        ProgramVariables.Parallel,
    ];

    /// <summary>
    /// Where the runtime of a .NET program notes which methods it compiled, to compile them on a second processor while the next run starts: a file of this
    /// name and an ending of the runtime's (dotnet/runtime 10.0, src/coreclr/inc/clrconfignames.h). A note that does not fit, or cannot be written, is no
    /// error there.
    /// </summary>
    public const string StartProfile = "DOTNET_MultiCoreJitProfile";

    /// <summary>Variables to set; those with an empty value must not be set at all.</summary>
    /// <param name="run">What is rehearsed.</param>
    /// <param name="address"><c>host:port</c> of the engine.</param>
    public static Dictionary<string, string> For(RehearsalRequest run, string address)
    {
        var variables = new Dictionary<string, string>(run.Program.Environment, StringComparer.Ordinal)
        {
            [ProgramVariables.Monitor] = address,
            [ProgramVariables.Engine] = address,
            [ProgramVariables.Organization] = run.Organization,
            [ProgramVariables.Project] = run.Project,
            [ProgramVariables.Stack] = run.Stack,
            [ProgramVariables.Pwd] = run.Program.WorkingDirectory,
            [ProgramVariables.RootDirectory] = run.Program.RootDirectory,
            [ProgramVariables.DryRun] = run.IsPreview ? "true" : "false",
            [ProgramVariables.QueryMode] = "false",
            [ProgramVariables.Parallel] = $"{run.Parallel}",
            [ProgramVariables.Tracing] = "",
            [ProgramVariables.Config] = JsonText.Object(run.Config),
            [ProgramVariables.ConfigSecretKeys] = JsonText.Array(run.SecretKeys),
            [ProgramVariables.AttachDebugger] = "false",
        };
        foreach (var name in NodeNames)
        {
            variables[name.Replace(Prefix, Prefix + "NODEJS_", StringComparison.Ordinal)] = variables[name];
        }
        // The engine's own start is not the program's
        variables.TryAdd(StartProfile, "");
        return variables;
    }

    /// <summary>The program with the values of the variables in its arguments, where it wants them there.</summary>
    public static ProgramLaunch Filled(ProgramLaunch launch, IReadOnlyDictionary<string, string> variables)
        => !launch.FillsArguments ? launch : launch with
        {
            Arguments = [.. launch.Arguments.Select(argument => ProgramVariables.All.Aggregate(
                argument, (text, name) => text.Replace($"{{{name}}}", variables[name], StringComparison.Ordinal)))],
        };
}
