namespace Protocol;

/// <summary>The environment variables by which a program finds its engine: what the Pulumi CLI's language hosts set, and what the SDKs read.</summary>
/// <remarks>The source is <c>constructEnv</c> of pulumi/pulumi-dotnet, pulumi-language-dotnet/main.go (3.112); it sets none that would be empty.</remarks>
public static class ProgramVariables
{
    public const string Monitor = "PULUMI_MONITOR";
    public const string Engine = "PULUMI_ENGINE";
    public const string Organization = "PULUMI_ORGANIZATION";
    public const string Project = "PULUMI_PROJECT";
    public const string Stack = "PULUMI_STACK";

    /// <summary>The program's folder.</summary>
    public const string Pwd = "PULUMI_PWD";

    /// <summary>The project's folder, where Pulumi.yaml is.</summary>
    public const string RootDirectory = "PULUMI_ROOT_DIRECTORY";

    public const string DryRun = "PULUMI_DRY_RUN";

    /// <summary>The official .NET SDK does not start unless this is <c>true</c> or <c>false</c>.</summary>
    public const string QueryMode = "PULUMI_QUERY_MODE";

    public const string Parallel = "PULUMI_PARALLEL";

    /// <summary>Where traces go; empty, and so never set, unless the operator asks for them.</summary>
    public const string Tracing = "PULUMI_TRACING";

    /// <summary>A JSON object of full key to text.</summary>
    public const string Config = "PULUMI_CONFIG";

    /// <summary>A JSON array of the full keys that are secret.</summary>
    public const string ConfigSecretKeys = "PULUMI_CONFIG_SECRET_KEYS";

    /// <summary>Whether the program waits for a debugger before it starts.</summary>
    public const string AttachDebugger = "PULUMI_ATTACH_DEBUGGER";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Monitor, Engine, Organization, Project, Stack, Pwd, RootDirectory, DryRun, QueryMode, Parallel, Tracing, Config, ConfigSecretKeys, AttachDebugger,
    ];
}
