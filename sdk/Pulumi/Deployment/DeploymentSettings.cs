using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>What a program is told about its surroundings.</summary>
internal sealed record DeploymentSettings(string Organization, string Project, string Stack, string RootDirectory, bool IsDryRun)
{
    /// <summary>Configuration by full key, for example <c>aws:region</c>.</summary>
    public ImmutableDictionary<string, string> Config { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Which full keys are secret.</summary>
    public ImmutableHashSet<string> SecretKeys { get; init; } = [];

    /// <summary>What the Pulumi CLI leaves in the environment.</summary>
    public static DeploymentSettings FromEnvironment() => new(
        Optional("PULUMI_ORGANIZATION") ?? "organization",
        Required("PULUMI_PROJECT"),
        Required("PULUMI_STACK"),
        Optional("PULUMI_ROOT_DIRECTORY") ?? "",
        string.Equals(Required("PULUMI_DRY_RUN"), "true", StringComparison.OrdinalIgnoreCase))
    {
        Config = Pulumi.Config.Parse(Optional("PULUMI_CONFIG")),
        SecretKeys = Optional("PULUMI_CONFIG_SECRET_KEYS") is { Length: > 0 } keys ? [.. JsonDocument.Parse(keys).RootElement.EnumerateArray().Select(k => k.GetString()!)] : [],
    };

    public static string Required(string variable) => Optional(variable)
        ?? throw new InvalidOperationException($"Program run without the Pulumi engine available; re-run using the `pulumi` CLI. The environment variable {variable} is not set.");

    private static string? Optional(string variable) => Environment.GetEnvironmentVariable(variable);
}
