using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rehearsal.Programs;

/// <summary>The variables by which a program finds its engine, as the Pulumi CLI's language hosts set them.</summary>
internal static class ProgramEnvironment
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Variables to set; those with an empty value must not be set at all.</summary>
    /// <param name="run">What is rehearsed.</param>
    /// <param name="address"><c>host:port</c> of the engine.</param>
    public static Dictionary<string, string> For(RehearsalRequest run, string address)
    {
        var variables = new Dictionary<string, string>(run.Program.Environment, StringComparer.Ordinal)
        {
            ["PULUMI_MONITOR"] = address,
            ["PULUMI_ENGINE"] = address,
            ["PULUMI_PROJECT"] = run.Project,
            ["PULUMI_STACK"] = run.Stack,
            ["PULUMI_ORGANIZATION"] = run.Organization,
            ["PULUMI_DRY_RUN"] = "true",
            ["PULUMI_PARALLEL"] = $"{run.Parallel}",
            ["PULUMI_TRACING"] = "",
            ["PULUMI_PWD"] = run.Program.WorkingDirectory,
            ["PULUMI_ROOT_DIRECTORY"] = run.Program.RootDirectory,
            ["PULUMI_CONFIG"] = JsonSerializer.Serialize(run.Config, Plain),
            ["PULUMI_CONFIG_SECRET_KEYS"] = JsonSerializer.Serialize(run.SecretKeys, Plain),
        };
        // the Node SDK's runner takes these in place of its own command-line flags
        foreach (var name in new[] { "MONITOR", "ENGINE", "PROJECT", "STACK", "ORGANIZATION", "DRY_RUN", "PARALLEL" }) variables["PULUMI_NODEJS_" + name] = variables["PULUMI_" + name];
        return variables;
    }
}
