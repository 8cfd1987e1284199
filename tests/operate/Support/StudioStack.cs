using System.Collections.Immutable;
using Operate.Clusters;
using Operate.Verifying;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Tests.Operate.Support;

/// <summary>A stack file with Studios, Workbench and a compute environment on an existing cluster, whose objects <see cref="StudioCluster"/> has.</summary>
internal static class StudioStack
{
    /// <summary>The stack file.</summary>
    public const string File =
        """
        config:
          platform:cluster:
            existing:
              context: kind-studios
          platform:storage:
            nfs:
              server: nfs.example.com
              path: /exports/research
          platform:redis:
            inCluster: {}
          platform:tower:
            environments:
              main:
                scratch: {}
          platform:studios:
            platform:
              url: https://platform.example.com
              version: 26.1.3
            connectUrl: https://connect.example.com
          platform:workbench:
            createNamespace: false
            license:
              server: licences.example.com:8989
            database:
              existing:
                address: db.example.com:5432
                passwordSecret: workbench-db
            signIn:
              testUser: {}
        """;

    /// <summary>Its settings.</summary>
    public static PlatformSettings Settings { get; } =
        Read(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["platform:cluster"] = """{"existing":{"context":"kind-studios"}}""",
                ["platform:storage"] = """{"nfs":{"server":"nfs.example.com","path":"/exports/research"}}""",
                ["platform:redis"] = """{"inCluster":{}}""",
                ["platform:tower"] = """{"environments":{"main":{"scratch":{}}}}""",
                ["platform:studios"] = """{"platform":{"url":"https://platform.example.com","version":"26.1.3"},"connectUrl":"https://connect.example.com"}""",
                ["platform:workbench"] = """
                {"createNamespace":false,"license":{"server":"licences.example.com:8989"},"database":{"existing":{"address":"db.example.com:5432","passwordSecret":"workbench-db"}},
                "signIn":{"testUser":{}}}
                """,
            });

    /// <summary>What can be seen of it on a server.</summary>
    public static ClusterSight Sight(ApiServer server, TimeSpan? patience = null, string token = ApiServer.Token)
    {
        var access = new ClusterAccess
        {
            OwnKubeconfig = server.Kubeconfig(token: token),
            Settings = Settings.Cluster,
            Environment = _ => null,
            Patience = patience,
        };
        return new ClusterSight(access.OpenAsync, StackParts.For(Settings));
    }

    /// <summary>What a group finds.</summary>
    public static async Task<ImmutableArray<Finding>> FindingsAsync(ICheckGroup group)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        await foreach (var finding in group.RunAsync(CancellationToken.None))
        {
            findings.Add(finding);
        }

        return findings.ToImmutable();
    }

    private static PlatformSettings Read(Dictionary<string, string> config)
    {
        var read = SettingsValidation.Read(new RawSettings(config, []), new DateOnly(2026, 11, 26));
        read.Problems.ShouldBeEmpty();
        return read.Settings;
    }
}
