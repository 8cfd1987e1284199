using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings.Workbench;

/// <summary>A valid stack file with Posit Workbench, for tests that change one thing in it.</summary>
internal static class WorkbenchSample
{
    public const string Ingress = """{ "host": "workbench.example.com", "tlsSecret": "workbench-tls", "traefik": {} }""";
    public const string Oidc = """{ "oidc": { "issuer": "https://login.example.com", "clientSecretName": "workbench-oidc" } }""";

    /// <summary>Its secrets beside it.</summary>
    public static readonly (string Key, string Value)[] Secrets = [("workbenchDatabasePassword", "marker-database"), ("workbenchLicenseKey", "MARK-ER00-LICE-NSE0-KEY0-0000-0001")];

    private const string Config = """
        {
          "cluster": { "existing": { "context": "research" } },
          "storage": { "nfs": { "server": "nfs.example.com", "path": "/exports" } },
          "workbench": {
            "createNamespace": false,
            "license": { "server": "license.example.com:8989" },
            "database": { "existing": { "address": "postgres.example.com:5432", "passwordSecret": "workbench-db" } },
            "signIn": { "testUser": {} }
          }
        }
        """;

    public static string[] Messages(params (string Path, string? Json)[] changes) => new StackSample(Config).Messages(changes);

    public static string[] Messages((string Key, string Value)[] secrets, params (string Path, string? Json)[] changes) =>
        new StackSample(Config, secrets).Messages(changes);

    public static ReadSettings Read(params (string Path, string? Json)[] changes) => SettingsValidation.Read(new StackSample(Config).Raw(changes));

    public static string[] Warnings(params (string Path, string? Json)[] changes) =>
        [.. Read(changes).Warnings.Select(warning => warning.ToString().ReplaceLineEndings("\n"))];
}
