using System.Collections.Immutable;
using System.Text.Json;
using Protocol;

namespace Pulumi;

/// <summary>What a program is told about its surroundings.</summary>
internal sealed record DeploymentSettings(string Organization, string Project, string Stack, string RootDirectory, bool IsDryRun)
{
    /// <summary>Configuration by full key, for example <c>aws:region</c>.</summary>
    public ImmutableDictionary<string, string> Config { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Which full keys are secret.</summary>
    public ImmutableHashSet<string> SecretKeys { get; init; } = [];

    /// <summary>What the Pulumi CLI leaves in the environment; asked for as much of it as the official package asks for, so that both refuse the same engines.</summary>
    /// <exception cref="InvalidOperationException">Something is missing.</exception>
    public static DeploymentSettings FromEnvironment()
    {
        _ = Flag(ProgramVariables.QueryMode);
        if (!int.TryParse(Required(ProgramVariables.Parallel), out _))
        {
            throw NoEngine(ProgramVariables.Parallel, "is no whole number");
        }
        return new DeploymentSettings(
            Optional(ProgramVariables.Organization) ?? "organization",
            Required(ProgramVariables.Project),
            Required(ProgramVariables.Stack),
            Optional(ProgramVariables.RootDirectory) ?? "",
            Flag(ProgramVariables.DryRun))
        {
            Config = Pulumi.Config.Parse(Optional(ProgramVariables.Config)),
            SecretKeys = Optional(ProgramVariables.ConfigSecretKeys) is { Length: > 0 } keys
                ? [.. JsonDocument.Parse(keys).RootElement.EnumerateArray().Select(element => element.GetString()!)]
                : [],
        };
    }

    public static string Required(string variable) => Optional(variable) is { Length: > 0 } value ? value : throw NoEngine(variable, "is not set");

    private static bool Flag(string variable) => bool.TryParse(Required(variable), out var flag) ? flag : throw NoEngine(variable, "is neither true nor false");

    private static InvalidOperationException NoEngine(string variable, string problem) =>
        new($"Program run without the Pulumi engine available; re-run using the `pulumi` CLI (the environment variable {variable} {problem})");

    private static string? Optional(string variable) => Environment.GetEnvironmentVariable(variable);
}
