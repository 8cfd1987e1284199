using Infra.Databases;
using Pulumi;
using Stacks.Settings;
using Stacks.Wiring;
using Tests.Stacks.Settings;
using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Gcp;
using Tests.Support;

namespace Tests.Stacks.Wiring;

// Promise: each setting of a database reaches the resource that it is about, and only the nodes of the cluster reach the server.
public sealed class PostgresWiringTests
{
    private const string Namespace = "posit-workbench";

    private static readonly (string Path, string? Json)[] Adopted = [.. AwsSample.Adopted, ("cluster.adoptedEks.authenticationMode", "\"configMap\"")];

    [Fact]
    public async Task EverySettingOfRds_IsHeard()
    {
        var (deployed, postgres) = await Made(
            AwsSample.Read().Settings with { Production = true },
            """
            { "rds": {
              "version": 16, "instanceClass": "db.m7g.large", "storageGiB": 50, "multiZone": false, "backupRetentionDays": 14, "finalSnapshot": false,
              "backupWindow": "02:00-02:30", "maintenanceWindow": "mon:04:00-mon:04:30", "applyImmediately": true, "passwordRotation": 3
            } }
            """);

        deployed.Inputs("workbench-database").ShouldBe(
            Deployed.Json(
                """
                {
                  "allocatedStorage": 50, "allowMajorVersionUpgrade": true, "applyImmediately": true, "autoMinorVersionUpgrade": true,
                  "backupRetentionPeriod": 14, "backupWindow": "02:00-02:30", "copyTagsToSnapshot": true, "dbName": "workbench",
                  "dbSubnetGroupName": "workbench-database-subnets-1a2b3c4d", "deletionProtection": true, "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
                  "engine": "postgres", "engineVersion": "16", "identifier": "studio-test-workbench-database", "instanceClass": "db.m7g.large",
                  "kmsKeyId": "arn:aws:test:eu-west-1:123456789012:data-key", "maintenanceWindow": "mon:04:00-mon:04:30", "maxAllocatedStorage": 250, "multiAz": false,
                  "password": "password-of-workbench-database-password-value", "publiclyAccessible": false, "skipFinalSnapshot": true, "storageEncrypted": true,
                  "storageType": "gp3", "username": "workbench", "vpcSecurityGroupIds": ["workbench-database-security-group_id"]
                }
                """));
        deployed.Inputs("workbench-database-password-value").ShouldContain("\"rotation\": \"3\"");
        (await Deployed.ValueOf(postgres.Host), postgres.SslMode).ShouldBe(("workbench-database.rds.example.com", PostgresSslMode.Require));
    }

    // A cluster made and one adopted: its nodes' group is the only one that the server's lets in.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OnlyTheNodes_ReachRds(bool adopted)
    {
        var (deployed, _) = await Made(AwsSample.Read(adopted ? Adopted : []).Settings, """{ "rds": {} }""");

        var rules = deployed.Plan.Where(resource => resource.Key.Contains("SecurityGroupIngressRule::workbench-database", StringComparison.Ordinal)).ToList();
        rules.Select(rule => rule.Key).ShouldBe([
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::workbench-database-security-group-from-clients-5432",
        ]);
        rules[0].Value.ShouldContain("\"referencedSecurityGroupId\"");
        rules[0].Value.ShouldNotContain("cidr");
        rules[0].Value.ShouldContain("\"fromPort\": 5432");
    }

    [Fact]
    public async Task WithItsAuthority_RdsIsChecked() =>
        (await Made(AwsSample.Read().Settings, $$"""{ "rds": { "certificateAuthority": {{ExampleAuthority.Json}} } }""")).Postgres.SslMode
            .ShouldBe(PostgresSslMode.VerifyFull);

    [Fact]
    public async Task EverySettingOfCloudSql_IsHeard()
    {
        var (deployed, postgres) = await Made(
            GcpSample.Read().Settings with { Production = true },
            """
            { "cloudSql": {
              "version": 15, "processors": 4, "memoryGiB": 16, "storageGiB": 50, "multiZone": false, "backups": 3, "finalBackup": false, "passwordRotation": 3
            } }
            """);

        var server = deployed.Inputs("workbench-database");
        foreach (var part in new[]
        {
            "\"databaseVersion\": \"POSTGRES_15\"", "\"tier\": \"db-custom-4-16384\"", "\"diskSize\": 50", "\"availabilityType\": \"ZONAL\"",
            "\"retainedBackups\": 3", "\"transactionLogRetentionDays\": 3", "\"retainBackupsOnDelete\": false", "\"deletionProtection\": true",
            "\"deletionProtectionEnabled\": true", "\"ipv4Enabled\": false", "\"privateNetwork\"", "\"name\": \"studio-test-workbench-database\"",
        })
        {
            server.ShouldContain(part);
        }

        deployed.Inputs("workbench-database-password-value").ShouldContain("\"rotation\": \"3\"");
        (postgres.SslMode, postgres.CertificateAuthority!.Key).ShouldBe((PostgresSslMode.VerifyCa, "ca.crt"));
    }

    [Fact]
    public async Task EverySettingOfAnExistingServer_IsHeard()
    {
        var (deployed, postgres) = await Made(
            AwsSample.Read().Settings,
            $$"""
            { "existing": {
              "address": "postgres.example.com:6432", "database": "wb", "user": "posit", "sslMode": "verifyCa", "certificateAuthority": {{ExampleAuthority.Json}}
            } }
            """);

        (
            await Deployed.ValueOf(postgres.Host),
            await Deployed.ValueOf(postgres.Port),
            await Deployed.ValueOf(postgres.Database),
            await Deployed.ValueOf(postgres.User),
            postgres.SslMode
        ).ShouldBe(("postgres.example.com", 6432, "wb", "posit", PostgresSslMode.VerifyCa));
        deployed.Inputs("workbench-database-password").ShouldContain("value-of-workbenchDatabasePassword");
        deployed.Inputs("workbench-database-password").ShouldContain($"\"namespace\": \"{Namespace}\"");
        deployed.Plan.Keys.ShouldAllBe(key => !key.Contains("rds/", StringComparison.Ordinal));
    }

    // The ground, and the server on it.
    private static async Task<(Deployed Deployed, IPostgres Postgres)> Made(PlatformSettings platform, string json)
    {
        var (settings, problems) = PostgresSample.Bind(json);
        problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        IPostgres? postgres = null;
        var deployed = await Deployed.Of(() =>
        {
            var stack = new StackContext(platform, secret => Output.CreateSecret($"value-of-{secret.Key}"));
            stack = platform.Aws is { } aws ? stack with { Aws = AwsWiring.Create(aws, stack) } : stack;
            stack = platform.Gcp is { } gcp ? stack with { Gcp = GcpWiring.Create(gcp, stack) } : stack;
            stack = stack with { Cluster = platform.Cluster!.Match(new ClusterWiring(stack)) };
            postgres = PostgresWiring.Create(settings!, stack, new PostgresClient("workbench-database", Namespace, "workbench", ProtectedParts.Workbench));
        });
        return (deployed, postgres!);
    }
}
