using System.Security.Cryptography.X509Certificates;
using Operate.Deployed;
using Operate.Verifying;
using Rehearsal.StackFiles;
using Stacks.Settings.Reading;

namespace Tests.Operate;

/// <summary>Groups of checks on what a stack exports and says, without a command line in front of them.</summary>
internal static class Checked
{
    /// <summary>What a platform with Studios exports.</summary>
    public const string Studios = """
        {
          "studios": {
            "connectUrl": "https://connect.studio.test", "sshFingerprint": "SHA256:abc",
            "expected": {
              "hosts": ["connect.studio.test", "*.studio.test"], "healthUrl": "https://platform.studio.test/health", "templates": ["JUPYTER"],
              "templatesUrl": "https://platform.studio.test/api/studios/templates?workspaceId=", "sshEndpoint": "connect.studio.test:2222"
            }
          }
        }
        """;

    /// <summary>A context without answers from outside; each test changes what it is about.</summary>
    /// <param name="outputs">JSON as the CLI writes it.</param>
    /// <param name="config">Settings: JSON by key without namespace.</param>
    public static VerifyContext Context(string outputs = "{}", params (string Key, string Json)[] config)
    {
        using var operate = new OperateFixture();
        var read = SettingsValidation.Read(new RawSettings(
            config.ToDictionary(setting => $"platform:{setting.Key}", setting => setting.Json, StringComparer.Ordinal),
            config.Where(setting => setting.Key.EndsWith("Password", StringComparison.Ordinal)).Select(setting => $"platform:{setting.Key}")));
        read.Problems.ShouldBeEmpty();
        return new VerifyContext
        {
            Stack = "dev",
            Settings = read.Settings,
            Outputs = new OutputSource(operate.Host(TextWriter.Null, TextWriter.Null), ProjectFile.Read(operate.Folder.Path), "dev")
                .Parse(outputs, "outputs.json"),
            Environment = _ => null,
            Reach = new NetworkReach { Patience = TimeSpan.FromSeconds(5) },
        };
    }

    /// <summary>The same, with hosts at loopback.</summary>
    public static VerifyContext At(this VerifyContext context, X509Certificate2? authority, params string[] resolved) => context with
    {
        Reach = context.Reach with
        {
            Authorities = authority is null ? [] : [X509CertificateLoader.LoadCertificate(authority.RawData)],
            Resolved = [.. resolved.Select(NetworkReach.Parse)],
        },
    };

    /// <summary>All that a group finds.</summary>
    public static async Task<List<Finding>> FindingsAsync(this ICheckGroup group)
    {
        var found = new List<Finding>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var finding in group.RunAsync(limit.Token))
        {
            found.Add(finding);
        }
        return found;
    }

    /// <summary>What tests compare: everything but the words of what to do.</summary>
    public static IEnumerable<(string Check, Outcome Outcome, string Found)> Short(this IEnumerable<Finding> findings)
        => findings.Select(finding => (finding.Check, finding.Outcome, finding.Found));
}
